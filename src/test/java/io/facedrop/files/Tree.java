package io.facedrop.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder that somebody else writes to while it is looked at. */
public final class Tree {
  private Tree() {}

  /**
   * All regular files below a folder, sorted; none if there is no such folder. A file that goes
   * away meanwhile, as a temporary one does, may be missing.
   */
  public static List<Path> files(Path root) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return files;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException why) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException why) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return files;
  }

  /** The same without those whose names begin with a dot, which are still being written. */
  public static List<Path> wholeFiles(Path root) {
    return files(root).stream()
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .toList();
  }
}
