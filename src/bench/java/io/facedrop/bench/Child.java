package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A contender's process and what it takes. */
final class Child {
  private static final long LOOK_MILLIS = 100;
  private static final int LOOKS_A_LOOK_AT_THREADS = 5;
  private static final String LOG = "log";

  private final Path log;
  private final Process process;
  private final long startMillis = System.currentTimeMillis();
  private final long start = System.nanoTime();
  private final ThreadCpu threads = new ThreadCpu();
  private long peakKib;

  private Child(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /** Starts it in its folder, without what the environment may say of facedrop. */
  static Child start(List<String> command, Path folder) throws IOException {
    return start(command, folder, LOG, Map.of());
  }

  /**
   * The same for one of several in a folder.
   *
   * @param environment that it gets besides
   */
  static Child start(
      List<String> command, Path folder, String logName, Map<String, String> environment)
      throws IOException {
    Path log = folder.resolve(logName);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FACEDROP_"));
    builder.environment().put("CRUN_API_KEY", "bench");
    builder.environment().putAll(environment);
    return new Child(log, builder.start());
  }

  /** Seconds from its start to its end. */
  double await(long mostSeconds) throws InterruptedException {
    for (int look = 0; !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); look++) {
      if (look % LOOKS_A_LOOK_AT_THREADS == 0) {
        threads.look(process.pid());
      }
      peakKib = Math.max(peakKib, ProcFile.peakKib(process.pid()));
      if (age() > mostSeconds) {
        kill();
        throw new IllegalStateException("not done after " + mostSeconds + " s, so killed");
      }
    }
    double seconds = age();
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit code " + process.exitValue());
    }
    return seconds;
  }

  /** Lets it alone for so long. */
  void leave(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("ended by itself with exit code " + process.exitValue());
    }
    peakKib = ProcFile.peakKib(process.pid());
  }

  double age() {
    return (System.nanoTime() - start) / 1e9;
  }

  long startMillis() {
    return startMillis;
  }

  long peakKib() {
    return peakKib;
  }

  Map<String, Double> threadSeconds() {
    return threads.seconds();
  }

  double cpuSeconds() {
    return ProcFile.cpuSeconds(process.pid());
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  /** Asks it to end, and waits until it has. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Kills it without a warning. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
