package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facedrop.ledger.model.Batch;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are data: nothing in them is a pattern, an option, an escape or an expression. */
class OddNamesTest extends RouteTest {
  private static final List<String> ODD =
      List.of(
          "plain/with space.csv",
          "a 'quoted' \"folder\"/it's \"m\".csv",
          "Zürich/北京 é.csv",
          "#1/m#2.csv",
          "50%/100%25.csv",
          "what?/why?a=b.csv",
          "a+b/c+d.csv",
          "a&b/c&d.csv",
          "$1/${body}.csv",
          "{{x}}/{{facedrop.api.key}}.csv",
          "(a,b)/${file:name}, [x].csv",
          "x;y/a=b;c.csv",
          "RAW(x)/RAW{y}.csv",
          "two.dots/m.v1.2.csv",
          "-rf/--help.csv");

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest", "detect-faces", "publish-outcomes");
  }

  @Test
  void worksPublishesAndArchivesManifestsOfAnyName() throws Exception {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode("北é"),
        "file names are not Unicode here");
    for (String name : ODD) {
      drop(name, "image_url\nhttps://a.example/" + ODD.indexOf(name) + ".png\nnot a URL\n");
    }
    context.start();
    awaitComplete(ODD.size());
    for (Batch batch : ledger.newestBatches(ODD.size())) {
      assertThat(ODD).contains(batch.folder() + batch.manifest());
      assertThat(files("success")).contains(batch.fileStem() + ".success-0001.csv");
      assertThat(files("dead-letter")).contains(batch.fileStem() + ".dead-letter-0001.csv");
      assertThat(files("report")).contains(batch.fileStem() + ".report.json");
      assertThat(files("archive"))
          .anyMatch(
              it ->
                  it.startsWith(batch.folder())
                      && it.endsWith("/" + batch.id() + "-" + batch.manifest()));
    }
    assertThat(files("rejected")).isEmpty();
    assertThat(entries("inbox/.work")).isEmpty();
    assertThat(sandbox.posts()).isEqualTo(ODD.size());
  }

  @Test
  void setsManifestsOfAnyNameAside() throws Exception {
    for (String name : ODD) {
      drop(name, "nothing " + name + "\n");
    }
    context.start();
    soon().until(() -> files("rejected").size() == 2 * ODD.size());
    for (String name : ODD) {
      int end = name.lastIndexOf('/') + 1;
      assertThat(files("rejected"))
          .anyMatch(
              it ->
                  it.startsWith(name.substring(0, end)) && it.endsWith("Z-" + name.substring(end)));
    }
    soon().until(() -> entries("inbox/.work").isEmpty());
  }
}
