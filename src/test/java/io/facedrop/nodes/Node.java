package io.facedrop.nodes;

import io.facedrop.acceptance.PackagedJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One life of a node: a process of the packaged program that serves. */
final class Node {
  private static final int PATIENCE_SECONDS = 60;

  private final String name;
  private final Path log;
  private final Process process;

  private Node(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one in a directory of its own.
   *
   * @param settings as arguments
   */
  static Node start(
      String name, Path directory, Map<String, String> environment, List<String> settings) {
    try {
      Path log = Files.createDirectories(directory).resolve("log.txt");
      ProcessBuilder builder = PackagedJar.process(directory, List.of(), environment, settings);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new Node(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  long process() {
    return process.pid();
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean works() {
    return process.isAlive() && hasWorked();
  }

  boolean hasWorked() {
    return said().contains(" watching ");
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGSTOP. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void wake() {
    signal("CONT");
  }

  /** SIGTERM, and what it ends with. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Waits for the end. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(this + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process())).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("no " + signal + " to " + this);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name + " (process " + process() + ", " + log + ")";
  }
}
