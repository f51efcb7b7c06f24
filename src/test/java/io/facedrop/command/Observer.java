package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads folders in a loop and keeps what each file held when it was first seen. */
final class Observer implements AutoCloseable {
  private final List<Path> folders;
  private final Map<Path, String> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::look, "observer");
  private volatile boolean over;

  Observer(Path... folders) {
    this.folders = List.of(folders);
    thread.start();
  }

  /** Ends the observation: every file that was seen was then what it is now. */
  void sawOnlyWholeFiles() {
    close();
    lookOnce();
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            (file, sha256) -> assertThat(sha256(file)).as(file.toString()).isEqualTo(sha256));
  }

  /** The digests of the files that were seen. */
  Map<Path, String> seen() {
    return Map.copyOf(seen);
  }

  private void look() {
    while (!over) {
      lookOnce();
      Thread.onSpinWait();
    }
  }

  private void lookOnce() {
    for (Path folder : folders) {
      files(folder).forEach(file -> seen.computeIfAbsent(file, Observer::sha256));
    }
  }

  /** Files that are not being written, by their names. */
  static List<Path> files(Path folder) {
    return Tree.files(folder).stream()
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .toList();
  }

  private static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchFileException gone) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
