package io.facedrop.crash;

import io.facedrop.files.Tree;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who reads the outputs in a loop, as their consumers do: what he sees once under a name
 * without a dot in front must never change.
 */
final class Observer implements AutoCloseable {
  private static final long PAUSE_NANOS = 5_000_000;

  private final List<Path> folders;
  private final Map<Path, String> seen = new ConcurrentHashMap<>();
  private final Map<Path, String> changed = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::watch, "observer");
  private volatile boolean ended;

  Observer(List<Path> folders) {
    this.folders = folders;
    thread.start();
  }

  private void watch() {
    while (!ended) {
      folders.forEach(folder -> look(folder, false));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    folders.forEach(folder -> look(folder, true));
  }

  /** Reads what is new, and at the end everything once more. */
  private void look(Path folder, boolean again) {
    for (Path file : Tree.files(folder)) {
      if (!file.getFileName().toString().startsWith(".") && (again || !seen.containsKey(file))) {
        String digest = digest(file);
        String first = seen.putIfAbsent(file, digest);
        if (first != null && !first.equals(digest)) {
          changed.put(file, "was " + first + ", became " + digest);
        }
      }
    }
  }

  static String digest(Path file) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
    } catch (NoSuchFileException vanished) {
      return "vanished";
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Files that were seen before they were whole. */
  Map<Path, String> changed() {
    close();
    return changed;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
