package io.facedrop.nodes;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A consumer of the outputs that takes each part away as soon as it sees it. */
final class Taker {
  private final Path home;
  private int taken;

  Taker(Path home) {
    this.home = home;
  }

  /** Takes what is there; a part that comes twice is kept twice. */
  void take() {
    for (String output : List.of("success", "dead-letter")) {
      for (Path part : Tree.wholeFiles(home.resolve(output))) {
        Path to = home.resolve("taken-" + taken++).resolve(output).resolve(part.getFileName());
        try {
          Files.createDirectories(to.getParent());
          Files.move(part, to);
        } catch (NoSuchFileException gone) {
          // Nobody else takes anything; so it is a fault, which the audit finds.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
