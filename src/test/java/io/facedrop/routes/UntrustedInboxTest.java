package io.facedrop.routes;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.model.Batch;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What somebody who may write into the inbox, and nowhere else, can do there. */
class UntrustedInboxTest extends RouteTest {
  private static final String ROW = "image_url\nhttps://a.example/1.png\n";
  private static final String OTHER_ROW = "image_url\nhttps://a.example/2.png\n";

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Test
  void neverReadsOrMovesWhatALinkPointsTo() throws Exception {
    Path secret = Files.createDirectories(home.resolve("elsewhere")).resolve("secret.csv");
    Files.writeString(secret, ROW);
    Path inbox = Files.createDirectories(home.resolve("inbox/real"));
    Files.createSymbolicLink(inbox.resolve("link-to-file.csv"), secret);
    Files.createSymbolicLink(inbox.resolve("relative.csv"), Path.of("../../elsewhere/secret.csv"));
    Files.createSymbolicLink(inbox.resolve("dangling.csv"), home.resolve("nothing"));
    Files.createSymbolicLink(inbox.resolve("loop"), inbox);
    Files.createSymbolicLink(inbox.resolve("folder"), secret.getParent());
    Files.createSymbolicLink(inbox.resolve("folder.csv"), secret.getParent());
    context.start();
    takesAnother();
    assertThat(secret).hasContent(ROW);
    assertThat(home.resolve("inbox").resolve("real/link-to-file.csv")).isSymbolicLink();
    assertThat(timesTold("real/link-to-file.csv stays in the inbox: it is a symbolic link"))
        .isEqualTo(1);
    assertThat(timesTold("real/folder stays in the inbox: it is a symbolic link")).isEqualTo(1);
    assertThat(entries("inbox/real")).hasSize(6);
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void takesNothingWhileTheWorkingFolderIsALink() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    drop("m.csv", ROW);
    Files.createSymbolicLink(home.resolve("inbox/.work"), elsewhere);
    context.start();
    soon().until(() -> timesTold("m.csv stays in the inbox: it has a symbolic link among") == 1);
    assertThat(entries("elsewhere")).isEmpty();
    Files.delete(home.resolve("inbox/.work"));
    assertThat(onlyBatch().manifest()).isEqualTo("m.csv");
  }

  @Test
  void leavesNamesAloneThatMeanAnotherPlaceOrForgeALog() throws Exception {
    List<String> names =
        List.of(
            "..\\..\\..\\escaped.csv",
            "..\\escaped.csv",
            "\\escaped.csv",
            "a\\b.csv",
            "line\nbreak.csv",
            "2026-01-01 INFO forged\r.csv",
            "bell\u0007\u001b[2J.csv",
            "c1\u0085\u009b.csv",
            "..\\..\\..\\escaped/m.csv");
    for (String name : names) {
      drop("a/b/" + name, ROW);
    }
    context.start();
    takesAnother();
    assertThat(files("inbox/a/b")).containsExactlyInAnyOrderElementsOf(names);
    try (var all = Files.walk(home)) {
      assertThat(all.filter(it -> it.getFileName().toString().startsWith("escaped"))).isEmpty();
    }
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void doesNotWaitForWhatIsNoFile() throws Exception {
    Path inbox = Files.createDirectories(home.resolve("inbox"));
    assertThat(new ProcessBuilder("mkfifo", inbox + "/pipe-of-mine.csv").start().waitFor())
        .isZero();
    Path socket = Path.of("/tmp", "facedrop-" + System.nanoTime() + ".csv");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.move(socket, inbox.resolve("socket.csv"));
      context.start();
      takesAnother();
      assertThat(
              timesTold("pipe-of-mine.csv stays in the inbox: it is neither a file nor a folder"))
          .isEqualTo(1);
      assertThat(entries("inbox")).contains("pipe-of-mine.csv", "socket.csv");
    }
  }

  @Test
  void takesNoLinkAndNoPipeForAChecksum() throws Exception {
    Path inbox = Files.createDirectories(home.resolve("inbox"));
    Files.createSymbolicLink(inbox.resolve("m.csv.sha256"), Path.of("/etc/hostname"));
    new ProcessBuilder("mkfifo", inbox + "/n.csv.sha256").start().waitFor();
    drop("m.csv", ROW);
    drop("n.csv", OTHER_ROW);
    context.start();
    soon().until(() -> ledger.newestBatches(10).size() == 2);
    assertThat(entries("inbox")).contains("m.csv.sha256", "n.csv.sha256");
  }

  @Test
  void takesAFileInAFolderThatIsNamedLikeAManifest() throws Exception {
    drop("orders.csv/north.csv", ROW);
    context.start();
    assertThat(onlyBatch().folder()).isEqualTo("orders.csv/");
  }

  @Test
  void takesAFileThatIsReadOnly() throws Exception {
    Files.setPosixFilePermissions(drop("m.csv", ROW), fromString("r--r--r--"));
    context.start();
    assertThat(onlyBatch().rows()).isEqualTo(1);
  }

  @Test
  void takesOthersBesideWhatItMayNotRead() throws Exception {
    Path file = drop("secret.csv", OTHER_ROW);
    Path folder = drop("locked/m.csv", OTHER_ROW).getParent();
    Files.setPosixFilePermissions(file, fromString("---------"));
    Files.setPosixFilePermissions(folder, fromString("---------"));
    try {
      boolean bound = !Files.isReadable(file);
      context.start();
      drop("another.csv", ROW);
      soon().until(() -> batchOf("another.csv") != null);
      assertThat(Files.exists(file)).as("left where it is").isEqualTo(bound);
    } finally {
      Files.setPosixFilePermissions(folder, fromString("rwx------"));
    }
  }

  @Test
  void doesNotTakeAFileThatIsReplacedByOneOfItsSizeAndTime() throws Exception {
    FileTime time = FileTime.fromMillis(1_700_000_000_000L);
    drop("m.csv", ROW);
    context.start();
    int[] times = {0};
    keepsOn(
        () -> {
          Path next = home.resolve("next");
          Files.writeString(next, ROW.replace('1', (char) ('a' + ++times[0] % 26)));
          Files.setLastModifiedTime(next, time);
          Files.move(next, home.resolve("inbox/m.csv"), StandardCopyOption.ATOMIC_MOVE);
          return times[0] == 30;
        });
    assertThat(ledger.newestBatches(10)).isEmpty();
    assertThat(onlyBatch().rows()).isEqualTo(1);
  }

  @Test
  void doesNotTakeAFileThatIsTruncatedAndWrittenAgain() throws Exception {
    Path file = drop("m.csv", ROW);
    context.start();
    int[] times = {0};
    keepsOn(
        () -> {
          Files.writeString(file, ROW + "https://a.example/x.png\n".repeat(times[0]++ % 3));
          return times[0] == 30;
        });
    assertThat(ledger.newestBatches(10)).isEmpty();
    Files.writeString(file, ROW);
    assertThat(onlyBatch().rows()).isEqualTo(1);
  }

  @Test
  void survivesFilesThatComeAndGo() throws Exception {
    context.start();
    int[] times = {0};
    keepsOn(
        () -> {
          Files.deleteIfExists(home.resolve("inbox/gone-" + times[0] + ".csv"));
          drop("gone-" + ++times[0] + ".csv", ROW);
          return times[0] == 30;
        });
    Files.deleteIfExists(home.resolve("inbox/gone-30.csv"));
    takesAnother();
  }

  @Test
  void takesAnUploadOnceItHasItsLastName() throws Exception {
    Path upload = drop("m.csv.part", ROW);
    context.start();
    drop("first.csv", OTHER_ROW);
    soon().until(() -> ledger.newestBatches(10).size() == 1);
    Files.move(upload, upload.resolveSibling("m.csv"));
    soon().until(() -> ledger.newestBatches(10).size() == 2);
    assertThat(batchOf("m.csv").rows()).isEqualTo(1);
  }

  @Test
  void leavesFoldersAloneThatAreTooDeepToBeMirrored() throws Exception {
    Path deep = home.resolve("inbox");
    for (int i = 0; i < 12; i++) {
      deep = deep.resolve("x".repeat(100));
    }
    Files.writeString(Files.createDirectories(deep).resolve("m.csv"), OTHER_ROW);
    context.start();
    takesAnother();
    assertThat(deep.resolve("m.csv")).exists();
  }

  /** Takes this alone, at a poll by which all that was there before could be taken as well. */
  private void takesAnother() throws IOException {
    drop("another.csv", OTHER_ROW);
    assertThat(onlyBatch().manifest()).isEqualTo("another.csv");
  }

  private Batch batchOf(String manifest) {
    return ledger.newestBatches(10).stream()
        .filter(batch -> batch.manifest().equals(manifest))
        .findFirst()
        .orElse(null);
  }

  private static void keepsOn(Callable<Boolean> step) {
    await().pollInterval(Duration.ofMillis(40)).atMost(Duration.ofSeconds(60)).until(step);
  }

  private long timesTold(String words) throws IOException {
    Path log = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(words)).count();
    }
  }
}
