package io.facedrop.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns a signal into an orderly end with an exit code of ours: left alone, the JVM exits with 143.
 */
public final class Stop {
  private static final Duration PATIENCE = Duration.ofSeconds(29);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean heeded;
  private volatile int exitCode = ExitCode.RESUMABLE;

  /** Starts to listen for signals. */
  public static Stop onSignal() {
    Stop stop = new Stop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::end, "facedrop-stop"));
    return stop;
  }

  /** Waits for a signal; true when it came. */
  boolean await(Duration longest) throws InterruptedException {
    heeded = true;
    return requested.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean requested() {
    heeded = true;
    return requested.getCount() == 0;
  }

  /** Whether a signal came, whatever the command makes of it. */
  boolean interrupted() {
    return requested.getCount() == 0;
  }

  /** Asks for the end, as a signal does. */
  void request() {
    requested.countDown();
  }

  /** The command is through. */
  public void finished(int code) {
    exitCode = code;
    finished.countDown();
  }

  private void end() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    try {
      // A command that never asks has nothing to put in order.
      if (!heeded || !finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        exitCode = ExitCode.RESUMABLE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.flush();
    System.out.flush();
    Runtime.getRuntime().halt(exitCode);
  }
}
