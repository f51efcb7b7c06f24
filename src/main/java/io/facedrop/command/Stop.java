package io.facedrop.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * Turns a signal into an orderly end with an exit code of ours: left alone, the JVM exits with 143.
 * A second Ctrl-C leaves at once.
 */
public final class Stop {
  /** What an operator reads when the orderly end begins. */
  static final String NEWS =
      "stopping: waiting for the answers to what was sent, 30 s at most; Ctrl-C again leaves at"
          + " once, and then their rows are in doubt";

  private static final Duration PATIENCE = Duration.ofSeconds(29);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean heeded;
  private volatile int exitCode = ExitCode.RESUMABLE;
  private volatile String price = "";

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

  /**
   * What it costs when a second Ctrl-C cuts the orderly end off.
   *
   * @param words one or two sentences
   */
  void price(String words) {
    price = words;
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
    // The JVM takes no second one by itself while it ends. Before anybody is told that it may come.
    Signals.register("INT", this::leaveAtOnce);
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

  private void leaveAtOnce() {
    System.err.println();
    System.err.println("Left at once. " + price);
    System.err.flush();
    Runtime.getRuntime().halt(ExitCode.RESUMABLE);
  }
}
