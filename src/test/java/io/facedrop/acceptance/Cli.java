package io.facedrop.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program in a process of its own, in a directory of its own. */
final class Cli implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final Path directory;
  private final Path out;
  private final Path err;
  private final Process process;

  /** Starts a command; {@code options} are the JVM's, and {@link #beside} the last of them. */
  Cli(Path directory, List<String> options, String... arguments) {
    this(directory, options, Map.of(), arguments);
  }

  /** Starts a command with these environment variables besides. */
  Cli(Path directory, List<String> options, Map<String, String> environment, String... arguments) {
    this.directory = directory;
    this.out = directory.resolve("stdout-" + System.nanoTime());
    this.err = directory.resolve("stderr-" + System.nanoTime());
    ProcessBuilder builder =
        PackagedJar.process(directory, options, environment, List.of(arguments));
    try {
      process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options with which it has jars besides, and how it is started then. */
  static List<String> beside(String jars) {
    return List.of("-cp", PackagedJar.PATH + File.pathSeparator + jars, "io.facedrop.Facedrop");
  }

  /** Runs a command to its end. */
  static Cli finished(Path directory, List<String> options, String... arguments) {
    Cli cli = new Cli(directory, options, arguments);
    cli.exitCode();
    return cli;
  }

  /** Runs a command to its end with these environment variables besides. */
  static Cli finished(
      Path directory, List<String> options, Map<String, String> environment, String... arguments) {
    Cli cli = new Cli(directory, options, environment, arguments);
    cli.exitCode();
    return cli;
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

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to both streams, standard output first. */
  String said() {
    return out() + err();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return directory + "\n" + said();
  }
}
