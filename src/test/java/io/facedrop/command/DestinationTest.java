package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationTest {
  @TempDir Path folder;
  private Path there;

  @BeforeEach
  void write() throws IOException {
    there = Files.writeString(folder.resolve("there.csv"), "image_url\n");
  }

  @Test
  void aNewFileIsWrittenWhereNoneIs() throws IOException {
    accepts(() -> Destination.verifyNew(folder.resolve("new.csv")));
    accepts(() -> Destination.verifyNew(Path.of("surely-not-there.csv")));
    refuses(() -> Destination.verifyNew(there), there + " is there already; name another file");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("gone.csv"));
    refuses(() -> Destination.verifyNew(link), link + " is there already; name another file");
  }

  @Test
  void aFileIsWrittenOnlyIntoADirectory() {
    refuses(() -> Destination.verifyNew(folder), folder + " is a directory; name a file");
    refuses(
        () -> Destination.verifyNew(Path.of("")),
        "'' (this directory) is a directory; name a file");
    refuses(
        () -> Destination.verifyNew(Path.of("nodir/new.csv")),
        "nodir/new.csv cannot be written: the directory nodir is not there;"
            + " create it, or name another file");
    Path below = there.resolve("new.csv");
    refuses(
        () -> Destination.verifyNew(below),
        below + " cannot be written: " + there + " is a file, not a directory; name another file");
  }

  @Test
  void aJournalIsAppendedToAJournal() throws IOException {
    accepts(() -> Destination.verifyJournal(folder.resolve("new.jsonl")));
    accepts(() -> Destination.verifyJournal(Files.writeString(folder.resolve("empty.jsonl"), "")));
    accepts(
        () ->
            Destination.verifyJournal(
                Files.writeString(folder.resolve("old.jsonl"), "{\"at\":\"2026\"}\n")));
    refuses(
        () -> Destination.verifyJournal(there),
        there + " is there already, and is no journal of a sandbox; name another file");
    refuses(() -> Destination.verifyJournal(folder), folder + " is a directory; name a file");
  }

  @Test
  void aDirectoryIsThereOrCanBeCreated() {
    accepts(() -> Destination.verifyDirectory(folder));
    accepts(() -> Destination.verifyDirectory(folder.resolve("new/and/deep")));
    accepts(() -> Destination.verifyDirectory(Path.of("surely-not-there/deep")));
    refuses(() -> Destination.verifyDirectory(there), there + " is a file; name another directory");
    Path below = there.resolve("parts/new");
    refuses(
        () -> Destination.verifyDirectory(below),
        below + " cannot be created: " + there + " is a file; name another directory");
  }

  private static void accepts(ThrowingCallable call) {
    assertThatCode(call).doesNotThrowAnyException();
  }

  private static void refuses(ThrowingCallable call, String words) {
    assertThatThrownBy(call).isInstanceOf(UsageException.class).hasMessage(words);
  }
}
