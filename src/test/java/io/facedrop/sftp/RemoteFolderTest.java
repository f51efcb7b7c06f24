package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteFolderTest extends WatchedServer {
  private RemoteFolder folder;

  @BeforeEach
  void open() throws Exception {
    folder = RemoteFolder.open(endpoint);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void isThereOrIsNot() throws Exception {
    assertThat(folder.isThere()).isTrue();

    Files.delete(in);

    assertThat(folder.isThere()).isFalse();
  }

  @Test
  void isNotAFileOfItsName() throws Exception {
    Files.delete(in);
    Files.createFile(in);

    assertThatThrownBy(folder::isThere).isInstanceOf(NotDirectoryException.class).hasMessage("in");
  }

  @Test
  void leavesNothingOfAProbeBehind() throws Exception {
    folder.probe("");
    folder.probe("/.work");

    assertThat(in).isEmptyDirectory();
  }

  @Test
  void doesNotTakeAFileForTheFolderToProbe() throws Exception {
    put(".work", "");

    assertThatThrownBy(() -> folder.probe("/.work"))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("in/.work");
  }

  @Test
  void readsAFileBack() throws Exception {
    put("m.csv", "image_url\n");

    assertThat(folder.size("m.csv")).isEqualTo(10);
    assertThat(folder.read("m.csv").orElseThrow()).hasContent("image_url\n");
    assertThat(folder.read("n.csv")).isEmpty();
  }

  @Test
  void removesAFile() throws IOException {
    Path file = put("m.csv", "");

    folder.remove("m.csv");

    assertThat(file).doesNotExist();
  }

  @Test
  void namesTheFileThatIsNotThere() {
    assertThatIOException()
        .isThrownBy(() -> folder.size("m.csv"))
        .withMessageStartingWith("cannot look at m.csv: ");
    assertThatIOException()
        .isThrownBy(() -> folder.remove("m.csv"))
        .withMessageStartingWith("cannot remove m.csv: ");
  }
}
