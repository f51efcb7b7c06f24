package io.facedrop.files;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.locks.LockSupport;

/** Reads folders in a loop and keeps what each file held when it was first seen. */
public final class Observer implements AutoCloseable {
  private static final long PAUSE_NANOS = 2_000_000;

  private final List<Path> folders;
  private final Map<Path, String> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::look, "observer");
  private volatile boolean over;

  public Observer(Path... folders) {
    this.folders = List.of(folders);
    thread.start();
  }

  /** Ends the observation: every file that was seen was then what it is now. */
  public void sawOnlyWholeFiles() {
    close();
    lookOnce();
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            (file, sha256) -> assertThat(sha256(file)).as(file.toString()).isEqualTo(sha256));
  }

  /** The digests of the files that were seen. */
  public Map<Path, String> seen() {
    return Map.copyOf(seen);
  }

  private void look() {
    while (!over) {
      lookOnce();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void lookOnce() {
    for (Path folder : folders) {
      Tree.wholeFiles(folder).forEach(file -> seen.computeIfAbsent(file, Observer::sha256));
    }
  }

  /** Null of a file that is gone. */
  public static String sha256(Path file) {
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
