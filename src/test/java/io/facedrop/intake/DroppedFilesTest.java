package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedFilesTest {
  @TempDir Path home;
  private final LogLines log = LogLines.of(LeftFiles.class);
  private Path inbox;
  private DroppedFiles dropped;

  @BeforeEach
  void drop() throws IOException {
    inbox = Files.createDirectories(home.resolve("inbox"));
    dropped = new DroppedFiles(inbox, false, "");
    put("partner/m.csv");
  }

  @Test
  void takesFilesAndLooksIntoFolders() {
    assertThat(isTaken("partner")).isTrue();
    assertThat(isTaken("partner/m.csv")).isTrue();
    assertThat(log.get()).isEmpty();
  }

  @Test
  void followsNoLink() throws IOException {
    Files.createSymbolicLink(inbox.resolve("link.csv"), inbox.resolve("partner/m.csv"));

    isLeft("link.csv", "is a symbolic link, and links are never followed: drop the file itself");
  }

  @Test
  void followsNoLinkAmongTheFolders() throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("m.csv"));
    Files.createSymbolicLink(inbox.resolve("linked"), elsewhere);

    isLeft(
        "linked/m.csv",
        "has a symbolic link among its folders or in place of .work: use real folders");
  }

  @Test
  void movesNothingThroughALinkInPlaceOfTheWorkingFolder() throws IOException {
    Files.createSymbolicLink(inbox.resolve(".work"), home);

    isLeft(
        "partner/m.csv",
        "has a symbolic link among its folders or in place of .work: use real folders");
  }

  @Test
  void waitsForNothingThatIsNoFile() throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path pipe = Files.createTempDirectory("d").resolve("m.csv");
      socket.bind(UnixDomainSocketAddress.of(pipe));
      Files.move(pipe, inbox.resolve("pipe.csv"));
    }

    isLeft("pipe.csv", "is neither a file nor a folder: drop a file");
  }

  @Test
  void leavesANameThatMeansAnotherPlace() throws IOException {
    put("..\\m.csv");

    isLeft("..\\m.csv", "has a name with a backslash: give it another name");
  }

  @Test
  void leavesAFolderWhosePathNoOutputCouldHave() throws IOException {
    String folder = ("x".repeat(200) + "/").repeat(6);
    Files.createDirectories(inbox.resolve(folder));

    isLeft(
        folder.substring(0, folder.length() - 1),
        "has a path of more than 1024 bytes: use shorter or fewer folders");
  }

  @Test
  void aNameWithAnExpressionIsAFaultOnlyWhereADoneFileIsNamedAfterIt() throws IOException {
    put("${x}.csv");
    assertThat(isTaken("${x}.csv")).isTrue();

    dropped = new DroppedFiles(inbox, false, "${file:name}.done");

    isLeft(
        "${x}.csv",
        "has a name with an expression, for which no done file can be found: give it another");
  }

  @Test
  void aManifestWaitsForTheChecksumThatASettingRequires() throws IOException {
    dropped = new DroppedFiles(inbox, true, "");
    assertThat(isTaken("partner/m.csv")).isFalse();
    assertThat(isTaken("partner")).isTrue();

    put("partner/m.csv.sha256");

    assertThat(isTaken("partner/m.csv")).isTrue();
    assertThat(log.get()).isEmpty();
  }

  @Test
  void saysNothingOfAFileThatIsGoneAgain() {
    assertThat(isTaken("gone.csv")).isFalse();
    assertThat(log.get()).isEmpty();
  }

  @Test
  void showsAnUnsafeNameAsItIs() throws IOException {
    put("partner/we\\ird.csv");

    isLeft("partner/we\\ird.csv", "has a name with a backslash: give it another name");
  }

  private void isLeft(String name, String why) {
    assertThat(isTaken(name)).isFalse();
    assertThat(isTaken(name)).isFalse();
    assertThat(log.get()).isEqualTo(List.of("WARN " + name + " stays in the inbox: it " + why));
  }

  /** As Camel asks. */
  private boolean isTaken(String name) {
    File file = inbox.resolve(name).toFile();
    GenericFile<File> listed = new GenericFile<>();
    listed.setFile(file);
    listed.setFileName(name);
    listed.setFileNameOnly(file.getName());
    listed.setRelativeFilePath(name);
    listed.setDirectory(file.isDirectory());
    return dropped.accept(listed);
  }

  private void put(String name) throws IOException {
    Path file = inbox.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }
}
