package io.facedrop.acceptance;

import static io.facedrop.acceptance.SftpFolder.MANIFEST;
import static io.facedrop.acceptance.SftpFolder.complete;
import static io.facedrop.acceptance.SftpFolder.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.sftp.BreakingLine;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SftpPickUpAcceptanceTest extends PickUp {
  private SftpServer server;
  private Path knownHosts;

  @BeforeEach
  void start() {
    server = SftpServer.start(folder.resolve("server"));
    knownHosts = server.knownHosts(folder.resolve("known"));
    watch(server.uri("in"), knownHosts);
    bench.with("facedrop.sftp.password", SftpServer.PASSWORD);
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
  }

  @Test
  void worksWhatAPartnerUploadsAndArchivesItThere() {
    in.upload("partner/north/m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      Batch batch = complete(serving);
      assertThat(serving.log()).containsPattern("watching \\S+ and sftp://[^?\\s]+ at ");
      assertThat(batch.folder()).isEqualTo("partner/north/");
      assertThat(batch.manifest()).isEqualTo("m.csv");
      assertThat(in.settled(".archive"))
          .matches("\\.archive/partner/north/\\d{4}-\\d\\d-\\d\\d/" + batch.id() + "-m\\.csv");
    }
    assertThat(bench.files("success/partner/north")).hasSize(1);
    bench.assertNothingMissing();
  }

  @Test
  void setsARejectedManifestAsideThereUnderTheNameThatItHasHere() {
    in.upload("deep/m.csv", "n,photo\n1,2\n");
    try (Workbench.Serving serving = bench.serve()) {
      String rejected = in.settled(".rejected");
      assertThat(rejected).matches("\\.rejected/deep/\\d{8}T\\d{6}Z-m\\.csv");
      assertThat(folder.resolve(rejected.substring(1))).hasContent("n,photo\n1,2\n");
      assertThat(folder.resolve(rejected.substring(1) + ".reason.json")).exists();
      assertThat(serving.hasBatches(0)).isTrue();
    }
  }

  @Test
  void takesAManifestAgainUnderTheSameNameWhileTheFirstIsWorked() {
    in.upload("m.csv", "image_url\nhttps://images.example.com/running/1.jpg\n");
    bench.awaitingFaces();
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(1));
      in.upload("m.csv", MANIFEST);
      soon().until(() -> serving.hasBatches(2));
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).hasSize(2).anyMatch(file -> file.startsWith(".work"));
    }
  }

  @Test
  void waitsForAnUploadThatStalls() throws IOException {
    Path growing = in.upload("m.csv", "image_url\n");
    try (Workbench.Serving serving = bench.serve()) {
      int[] rows = {0};
      soon()
          .until(
              () -> {
                Files.writeString(
                    growing,
                    "https://images.example.com/ok/" + ++rows[0] + ".jpg\n",
                    StandardOpenOption.APPEND);
                return rows[0] == 60;
              });
      assertThat(serving.hasBatches(0)).isTrue();
      assertThat(complete(serving).rows()).isEqualTo(60);
    }
    bench.assertNothingMissing();
  }

  @Test
  void takesAManifestOnlyWithItsDoneFileWhichItRemoves() {
    bench.with("facedrop.sftp.done-file", "${file:name}.done");
    in.upload("deep/m.csv", MANIFEST);
    in.upload("n.csv", "image_url\nhttps://images.example.com/ok/2.jpg\n");
    in.upload("n.csv.done", "");
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(complete(serving).manifest()).isEqualTo("n.csv");
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).hasSize(2).contains("deep/m.csv");
      in.upload("deep/m.csv.done", "");
      soon().until(() -> serving.hasBatches(2));
      soon().until(() -> in.files().stream().allMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).hasSize(2);
    }
  }

  @Test
  void leavesAloneWhatIsNoOrdinaryFile() throws IOException {
    leavesAlone(
        List.of(
            "*.csv",
            "?.csv",
            "a\\b.csv",
            "x*/m.csv",
            "a\nb.csv",
            ".m.csv",
            "m.csv.PART",
            "m.csv.filepart",
            "other.csv.sha256",
            "~"));
  }

  @Test
  void setsAsideANameThatIsTooLongForItsOutputs() {
    in.upload("deep/" + "x".repeat(251) + ".csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(in.settled(".rejected/deep/")).endsWith("x.csv");
      assertThat(serving.hasBatches(0)).isTrue();
    }
  }

  @Test
  void takesFiveHundredSmallFiles() {
    IntStream.range(0, 500)
        .forEach(
            n ->
                in.upload(
                    "p" + n % 7 + "/m" + n + ".csv",
                    "image_url\nhttps://images.example.com/ok/" + n + ".jpg\n"));
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(500));
      soon().until(() -> serving.ledger().openBatches().isEmpty());
      soon().until(() -> in.files().stream().allMatch(file -> file.startsWith(".archive")));
    }
    assertThat(in.files()).hasSize(500);
    assertThat(bench.successes()).hasSize(500);
    assertThat(bench.sandbox().posts()).isEqualTo(500);
  }

  @Test
  void fetchesAFileWholeThoughTheConnectionBreaksAtEveryTenth() throws IOException {
    try (BreakingLine line = BreakingLine.to(server.port())) {
      server.knownHosts(knownHosts, line.port());
      bench.with("facedrop.sftp.uri", server.uri(line.port(), "in"));
      fetchesWhole(line, breaking -> {});
    }
  }

  @Test
  void goesOnWhenTheServerIsBack() {
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> link(serving).trouble().isEmpty());
      server.stop();
      soon().until(() -> link(serving).trouble().startsWith("the server cannot be reached ("));
      server.restart();
      in.upload("m.csv", MANIFEST);
      complete(serving);
      assertThat(link(serving).trouble()).isEmpty();
      in.settled(".archive");
    }
    bench.assertNothingMissing();
  }

  @Test
  void startsWhileTheServerIsDown() {
    server.stop();
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(link(serving).trouble()).startsWith("the server cannot be reached (");
      in.upload("m.csv", MANIFEST);
      server.restart();
      complete(serving);
    }
    bench.assertNothingMissing();
  }

  @Test
  void fetchesNothingFromAServerWhoseHostKeyHasChanged() {
    in.upload("m.csv", MANIFEST);
    server.changeHostKey();
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(link(serving).trouble())
          .startsWith("the server does not show the host key that facedrop.sftp.known-hosts pins");
      assertThat(server.logins()).isZero();
      assertThat(in.files()).containsExactly("m.csv");
      server.knownHosts(knownHosts);
      complete(serving);
    }
    bench.assertNothingMissing();
  }

  @Test
  void fetchesNothingFromAServerThatIsNotKnown() throws IOException {
    in.upload("m.csv", MANIFEST);
    Files.writeString(knownHosts, "");
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(link(serving).trouble())
          .startsWith("facedrop.sftp.known-hosts has no key of this server");
      assertThat(server.logins()).isZero();
    }
    assertThat(knownHosts).isEmptyFile();
  }

  @Test
  void trustsWhoeverAnswersWhenItIsToldTo() {
    in.upload("m.csv", MANIFEST);
    bench.with("facedrop.sftp.known-hosts", "").with("facedrop.sftp.host-key-checking", "off");
    try (Workbench.Serving serving = bench.serve()) {
      complete(serving);
    }
    bench.assertNothingMissing();
  }

  @Test
  void logsInWithAKeyAndItsPassphrase() throws IOException {
    KeyPair key = SftpServer.newKey();
    server.trusting(key.getPublic());
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "canary-pp-5d2e\n");
    Path keyFile = SftpServer.keyFile(folder.resolve("key"), key, "canary-pp-5d2e");
    bench
        .with("facedrop.sftp.password", "")
        .with("facedrop.sftp.key-file", keyFile.toString())
        .with("facedrop.sftp.passphrase-file", passphrase.toString());
    in.upload("m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      complete(serving);
    }
    bench.assertNothingMissing();
  }

  @Test
  void saysThatItsLoginIsRefused() {
    bench.with("facedrop.sftp.password", "wrong-password");
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(link(serving).trouble()).startsWith("the server refuses the login: check");
    }
  }

  @Test
  void saysThatTheFolderIsMissing() {
    bench.with("facedrop.sftp.uri", server.uri("inn"));
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(link(serving).trouble()).startsWith("there is no such folder on the server");
    }
    assertThat(folder.resolve("server/inn")).doesNotExist();
  }

  @Test
  void checksWhatWasUploadedAgainstItsChecksumOnceThatHasSettled() throws IOException {
    bench.with("facedrop.manifest.checksum", "required");
    in.upload("good.csv", MANIFEST);
    Path checksum = in.upload("good.csv.sha256", "");
    in.upload("bad/m.csv", "image_url\nhttps://images.example.com/ok/2.jpg\n");
    in.upload("bad/m.csv.sha256", sha256(MANIFEST) + "  m.csv\n");
    in.upload("none.csv", "image_url\nhttps://images.example.com/ok/3.jpg\n");
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".rejected/bad/")));
      assertThat(serving.hasBatches(0)).isTrue();
      Files.writeString(checksum, sha256(MANIFEST));
      assertThat(complete(serving).manifest()).isEqualTo("good.csv");
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive/")));
      assertThat(in.files()).hasSize(3).contains("none.csv");
    }
    assertThat(Files.readString(bench.files("rejected/bad").get(1)))
        .contains("\"code\" : \"CHECKSUM_MISMATCH\"");
    bench.assertNothingMissing();
  }

  @Test
  void takesNothingButAFileForAChecksum() throws IOException {
    Path secret = Files.writeString(folder.resolve("server/secret"), "of-somebody-else");
    in.upload("link.csv", MANIFEST);
    Files.createSymbolicLink(in.path().resolve("link.csv.sha256"), secret);
    Files.createDirectories(in.path().resolve("deep.csv.sha256/x"));
    in.upload("deep.csv", "image_url\nhttps://images.example.com/ok/2.jpg\n");
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(2));
      soon().until(() -> in.files().stream().filter(it -> it.startsWith(".archive")).count() == 2);
    }
    assertThat(in.path().resolve("link.csv.sha256")).isSymbolicLink();
    assertThat(in.path().resolve("deep.csv.sha256/x")).isDirectory();
  }

  @Test
  void noNameStopsThePickUpOfOthers() {
    bench.with("facedrop.sftp.done-file", "${file:name}.done");
    List<String> left = List.of("${sys:user.name}.csv", "${unclosed.csv", "$simple{x}.csv");
    left.forEach(name -> in.upload(name, MANIFEST));
    String odd = "d\u2028ir \u00e4/in 'x' \"y\".csv";
    in.upload(odd, "image_url\nhttps://images.example.com/ok/2.jpg\n");
    in.upload(odd + ".done", "");
    in.upload("ok.csv", MANIFEST);
    in.upload("ok.csv.done", "");
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(1));
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).containsAll(left).hasSize(left.size() + 3);
      assertThat(link(serving).trouble()).isEmpty();
    }
  }

  @Test
  void fetchesWhatWasClaimedBeforeACrash() {
    String owner = bench.ledger(ledger -> ledger.deliveries().owner());
    in.upload(".work/deep/" + owner + "-0857569A623E281-0000000000000007~m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      Batch batch = complete(serving);
      assertThat(batch.folder() + batch.manifest()).isEqualTo("deep/m.csv");
      assertThat(in.settled(".archive/deep/")).endsWith("-m.csv");
    }
    bench.assertNothingMissing();
  }

  @Test
  void leavesWhatAnotherFacedropHasClaimedToThatOne() {
    in.upload(".work/deep/01234567-0857569A623E281-0000000000000007~m.csv", MANIFEST);
    in.upload("m.csv", "image_url\nhttps://images.example.com/ok/2.jpg\n");
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(complete(serving).manifest()).isEqualTo("m.csv");
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive/")));
      assertThat(in.files()).hasSize(2).anyMatch(file -> file.startsWith(".work/deep/01234567"));
      assertThat(serving.hasBatches(1)).isTrue();
    }
  }

  @Test
  void setsAsideAtTheNextStartWhatWasCompletedWhileTheServerWasDown() {
    in.upload("m.csv", "image_url\nhttps://images.example.com/running/1.jpg\n");
    bench.awaitingFaces().with("facedrop.faces.deadline", "3s");
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(1));
      server.stop();
      complete(serving);
    }
    server.restart();
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(in.settled(".archive")).endsWith("-m.csv");
      assertThat(serving.hasBatches(1)).isTrue();
    }
    bench.assertNothingMissing();
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How it stands with the folder, once it was looked at. */
  private Link link(Workbench.Serving serving) {
    List<Link> servers = new ArrayList<>();
    soon()
        .until(
            () ->
                servers.addAll(
                    serving.ledger().links().stream()
                        .filter(link -> link.place().startsWith("sftp:"))
                        .toList()));
    return servers.get(0);
  }
}
