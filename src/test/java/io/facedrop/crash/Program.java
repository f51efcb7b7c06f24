package io.facedrop.crash;

import io.facedrop.acceptance.PackagedJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.byteman.agent.Main;

/** The packaged program until it is killed: what it says is read for the line that is awaited. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final Predicate<String> awaited;
  private final CompletableFuture<String> said = new CompletableFuture<>();

  /**
   * @param awaited the line that {@link #await} waits for
   */
  private Program(ProcessBuilder builder, Path log, Predicate<String> awaited) {
    this.log = log;
    this.awaited = awaited;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::read, "program-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code java -jar facedrop.jar}, with an agent that stops it at a point if there is one.
   */
  static Program start(
      Path folder,
      Kill kill,
      Map<String, String> environment,
      Predicate<String> awaited,
      List<String> arguments) {
    List<String> agent = new ArrayList<>();
    if (kill != null && kill.point() != null) {
      agent.add("-Dcrash.visit=" + kill.visit());
      agent.add("-javaagent:" + agent() + "=script:" + script(folder, kill.point()));
    }
    ProcessBuilder builder = PackagedJar.process(folder, agent, environment, arguments);
    return new Program(builder, folder.resolve("log.txt"), awaited);
  }

  private static Path agent() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path script(Path folder, CrashPoint point) {
    try {
      return Files.writeString(folder.resolve("point.btm"), point.rule());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (awaited.test(line)) {
          said.complete(line);
        }
      }
    } catch (IOException killed) {
      // Its last words are cut short.
    }
    said.complete(null);
  }

  /** The awaited line; null when the process ends without it, or it has not come in time. */
  String await(Duration patience) {
    try {
      return said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL, and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Sends SIGTERM, and waits for the end. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Waits for the end. */
  int exitCode() {
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not end: " + log);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
