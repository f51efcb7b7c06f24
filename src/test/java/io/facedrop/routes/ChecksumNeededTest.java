package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Observer;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksumNeededTest extends RouteTest {
  private static final String ROW = "image_url\nhttps://a.example/1.png\n";

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Override
  Map<String, String> properties() {
    return Map.of("facedrop.manifest.checksum", "required");
  }

  @Test
  void takesNoManifestBeforeItsChecksumIsThere() throws Exception {
    Path waiting = drop("partner/waiting.csv", ROW);
    context.start();
    Path ready = drop("ready.csv", "image_url\nhttps://a.example/2.png\n");
    drop("ready.csv.sha256", Observer.sha256(ready));
    assertThat(onlyBatch().manifest()).isEqualTo("ready.csv");
    assertThat(waiting).exists();
    drop("partner/waiting.csv.sha256", Observer.sha256(waiting));
    soon().until(() -> ledger.newestBatches(10).size() == 2);
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void rejectsAClaimedManifestWithoutOne() throws Exception {
    PreparedLedger.manifest(home.resolve("inbox/.work/claim/m.csv"), ROW);
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    assertThat(Files.readString(home.resolve("rejected").resolve(files("rejected").get(1))))
        .contains("\"code\" : \"CHECKSUM_MISSING\"", "\"expected\" : \"a file m.csv.sha256\"");
  }

  @Test
  void findsTheChecksumOfAManifestThatWasClaimedBeforeACrash() throws Exception {
    Path claimed = PreparedLedger.manifest(home.resolve("inbox/.work/claim/north/m.csv"), ROW);
    drop("north/m.csv.sha256", Observer.sha256(claimed));
    context.start();
    assertThat(onlyBatch().folder()).isEqualTo("north/");
    assertThat(home.resolve("inbox/north/m.csv.sha256")).doesNotExist();
  }
}
