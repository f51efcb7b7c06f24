package io.facedrop.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process, and what it says. */
final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path said;

  Program(Path folder, List<String> command, Map<String, String> environment) {
    said = folder.resolve("said-" + System.nanoTime() + ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FACEDROP_"));
    builder.environment().remove("CRUN_API_KEY");
    builder.environment().putAll(environment);
    try {
      process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
