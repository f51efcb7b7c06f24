package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Observer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksumTest extends RouteTest {
  private static final String ROW = "image_url\nhttps://a.example/1.png\n";

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Test
  void acceptsAManifestThatIsWhatItsChecksumSaysAndTakesBothAway() throws Exception {
    dropChecked("partner/m.csv", ROW);
    context.start();
    Path source = inbox(onlyBatch());
    assertThat(source.resolveSibling("m.csv.sha256")).exists();
    assertThat(files("inbox")).hasSize(2).allMatch(file -> file.startsWith(".work/"));
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void rejectsAManifestThatIsAnother() throws Exception {
    dropChecked("partner/m.csv", ROW);
    Files.writeString(home.resolve("inbox/partner/m.csv"), ROW + "https://a.example/2.png\n");
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    assertThat(reason()).contains("\"code\" : \"CHECKSUM_MISMATCH\"", "\"expected\" : \"SHA-256 ");
    soon().until(() -> entries("inbox/.work").isEmpty());
    assertThat(files("inbox")).isEmpty();
    assertThat(ledger.newestBatches(10)).isEmpty();
  }

  @Test
  void rejectsAManifestWhoseChecksumCannotBeRead() throws Exception {
    drop("m.csv.sha256", "see e-mail");
    drop("m.csv", ROW);
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    assertThat(reason())
        .contains("\"code\" : \"CHECKSUM_UNREADABLE\"", "\"found\" : \"see e-mail\"");
    soon().until(() -> entries("inbox/.work").isEmpty());
  }

  @Test
  void neverTakesAChecksumForAManifest() throws Exception {
    drop("M.CSV.SHA256", "x");
    drop("alone.csv.sha256", "x");
    context.start();
    drop("m.csv", ROW);
    onlyBatch();
    assertThat(files("inbox")).contains("M.CSV.SHA256", "alone.csv.sha256");
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void checksAManifestThatIsReadInPlace() throws Exception {
    context.start();
    Path file = Files.writeString(home.resolve("m.csv"), ROW);
    Files.writeString(home.resolve("m.csv.sha256"), "0".repeat(64) + "  m.csv\n");
    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    assertThat(reason()).contains("\"code\" : \"CHECKSUM_MISMATCH\"");
    assertThat(home.resolve("m.csv.sha256")).exists();
  }

  @Test
  void checksTheFileAsItIsPacked() throws Exception {
    Path packed = home.resolve("inbox/m.csv.gz");
    Files.createDirectories(packed.getParent());
    try (var gzip = new java.util.zip.GZIPOutputStream(Files.newOutputStream(packed))) {
      gzip.write(ROW.getBytes());
    }
    drop("m.csv.gz.sha256", Observer.sha256(packed) + "  m.csv.gz\n");
    context.start();
    assertThat(onlyBatch().rows()).isEqualTo(1);
  }

  /** The checksum first, as a careful sender does. */
  private void dropChecked(String name, String content) throws IOException {
    Path file = Files.writeString(home.resolve("upload"), content);
    drop(name + ".sha256", Observer.sha256(file) + "  " + name + "\n");
    Files.move(file, home.resolve("inbox").resolve(name));
  }

  private String reason() throws IOException {
    return Files.readString(home.resolve("rejected").resolve(files("rejected").get(1)));
  }
}
