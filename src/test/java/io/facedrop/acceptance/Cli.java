package io.facedrop.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program in a process of its own, in a directory of its own. */
final class Cli implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final Path JAR =
      Path.of(System.getProperty("packaged.jar", "target/facedrop.jar")).toAbsolutePath();

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    if (!options.contains("-cp")) {
      command.addAll(List.of("-jar", JAR.toString()));
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FACEDROP_"));
    builder.environment().remove("CRUN_API_KEY");
    builder.environment().putAll(environment);
    try {
      process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options with which it has jars besides, and how it is started then. */
  static List<String> beside(String jars) {
    return List.of("-cp", JAR + File.pathSeparator + jars, "io.facedrop.Facedrop");
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
        throw new IllegalStateException("still running: " + out() + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Process process() {
    return process;
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
    return directory + "\n" + out() + err();
  }
}
