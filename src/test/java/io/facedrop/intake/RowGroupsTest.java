package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.url.ImageUrl;
import io.facedrop.manifest.url.UrlRule;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGroupsTest {
  private static final String URL = "https://images.example.com/1.jpg\n";

  @TempDir Path folder;

  @Test
  void groupsAThousandRowsAtATime() throws IOException {
    List<RowGroup> groups = groups(URL.repeat(2_500), UrlRule.ANY_HOST);

    assertThat(groups).extracting(RowGroup::position).containsExactly(0L, 1_000L, 2_000L);
    assertThat(groups).extracting(group -> group.rows().size()).containsExactly(1_000, 1_000, 500);
  }

  @Test
  void groupsFewerRowsWhereTheyAreLong() throws IOException {
    String row = "https://images.example.com/1.jpg," + "x".repeat(900_000) + "\n";

    List<RowGroup> groups = groups("m.csv", "image_url,note\n" + row.repeat(12), UrlRule.ANY_HOST);

    assertThat(groups).extracting(group -> group.rows().size()).containsExactly(5, 5, 2);
    assertThat(groups).extracting(RowGroup::position).containsExactly(0L, 5L, 10L);
  }

  @Test
  void hasNoGroupOfAManifestWithoutRows() throws IOException {
    assertThat(groups("# none\n", UrlRule.ANY_HOST)).isEmpty();
    try (RowGroups groups = open("m.txt", "# none\n", UrlRule.ANY_HOST)) {
      assertThatThrownBy(groups::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void saysOfEachRowWhetherItsUrlMayBeSent() throws IOException {
    UrlRule rule = new UrlRule(ImageUrl.LONGEST, List.of(), List.of("denied.example"), false);

    List<RowGroup> groups = groups(URL + "https://denied.example/2.jpg\n", rule);

    assertThat(groups.get(0).faults())
        .containsExactly(null, "The URL's host is one of facedrop.image.deny-hosts.");
  }

  @Test
  void refusesAFileThatSomebodyWritesToWhileItIsRead() throws IOException {
    Path file = PreparedLedger.manifest(folder.resolve("m.txt"), URL.repeat(3));
    try (RowGroups groups = open(file, UrlRule.ANY_HOST, "0".repeat(64))) {
      assertThatThrownBy(groups::hasNext)
          .hasRootCauseInstanceOf(ManifestRejectedException.class)
          .hasRootCauseMessage(
              "the file changed while it was read: expected SHA-256 "
                  + "0".repeat(64)
                  + " but found "
                  + Manifest.sha256(file));
    }
  }

  @Test
  void readsNoFurtherAfterAFault() throws IOException {
    String torn = "image_url\n\"https://a.example/1.jpg\"x\nhttps://a.example/2.jpg\n";
    try (RowGroups groups = open("m.csv", torn, UrlRule.ANY_HOST)) {
      assertThatThrownBy(groups::hasNext)
          .hasRootCauseInstanceOf(ManifestRejectedException.class)
          .rootCause()
          .hasMessageEndingWith("(line 2)");

      assertThat(groups.hasNext()).isFalse();
      assertThatThrownBy(groups::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  private List<RowGroup> groups(String content, UrlRule rule) throws IOException {
    return groups("m.txt", content, rule);
  }

  private List<RowGroup> groups(String name, String content, UrlRule rule) throws IOException {
    List<RowGroup> all = new ArrayList<>();
    try (RowGroups groups = open(name, content, rule)) {
      groups.forEachRemaining(all::add);
    }
    return all;
  }

  private RowGroups open(String name, String content, UrlRule rule) throws IOException {
    Path file = PreparedLedger.manifest(folder.resolve(name), content);
    return open(file, rule, Manifest.sha256(file));
  }

  private static RowGroups open(Path file, UrlRule rule, String sha256) throws IOException {
    ManifestName name = ManifestName.of(file.getFileName().toString());
    return new RowGroups(Manifest.open(file, name, ManifestRules.of("image_url")), rule, sha256);
  }
}
