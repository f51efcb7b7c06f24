package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PlainFileTest extends WatchedServer {
  @Test
  void findsAFile() throws IOException {
    put("m.csv.sha256", "7f3a");

    assertThat(PlainFile.at(operations, "in/m.csv.sha256"))
        .hasValueSatisfying(file -> assertThat(file.getFileLength()).isEqualTo(4));
  }

  @Test
  void findsNothingWhereThereIsNone() {
    assertThat(PlainFile.at(operations, "in/m.csv.sha256")).isEmpty();
    assertThat(PlainFile.at(operations, "nowhere/m.csv.sha256")).isEmpty();
  }

  @Test
  void takesNoFolderForIt() throws IOException {
    put("m.csv.sha256/m.csv.sha256", "7f3a");

    assertThat(PlainFile.at(operations, "in/m.csv.sha256")).isEmpty();
  }

  @Test
  void takesNoLinkForIt() throws IOException {
    put("secret", "7f3a");
    Files.createSymbolicLink(in.resolve("m.csv.sha256"), in.resolve("secret"));

    assertThat(PlainFile.at(operations, "in/m.csv.sha256")).isEmpty();
  }
}
