package io.facedrop.ledger.component.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFaultTest {
  @TempDir Path home;

  @Test
  void namesTheFolderThatIsNotThere() {
    Path file = home.resolve("gone/a.csv");
    Exception failure =
        new IllegalStateException(
            "Cannot store file: " + file, new NoSuchFileException(file.toString()));

    assertThat(OutputFault.of(failure).words())
        .isEqualTo("the folder " + home.resolve("gone") + " is not there and cannot be made");
  }
}
