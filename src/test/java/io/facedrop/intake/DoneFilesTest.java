package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoneFilesTest {
  @TempDir Path inbox;

  @BeforeEach
  void pickedUp() throws IOException {
    put(".work/A-1/partner/$1 m.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "${file:name}.done, partner/$1 m.csv.done",
    "$simple{file:name}.done, partner/$1 m.csv.done",
    "ready-${file:name.noext}, partner/ready-$1 m"
  })
  void removesTheDoneFileThatACrashHasLeft(String pattern, String left) throws IOException {
    Path stale = put(left);
    Path another = put("partner/other.csv.done");

    new DoneFiles(inbox, pattern).removeStale();

    assertThat(stale).doesNotExist();
    assertThat(another).exists();
  }

  @Test
  void leavesTheDoneFileOfTheNextManifestOfThatName() throws IOException {
    put("partner/$1 m.csv");
    Path done = put("partner/$1 m.csv.done");

    new DoneFiles(inbox, "${file:name}.done").removeStale();

    assertThat(done).exists();
  }

  @Test
  void hasNothingToDoWithoutAPatternOrAnInbox() {
    new DoneFiles(inbox, "").removeStale();
    new DoneFiles(inbox.resolve("none"), "${file:name}.done").removeStale();

    assertThat(Tree.files(inbox)).hasSize(1);
  }

  private Path put(String name) throws IOException {
    Path file = inbox.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
