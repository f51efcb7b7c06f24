package io.facedrop.api;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where a gate does what must keep no request waiting: the store and the account. */
public interface Background {
  void run(Runnable task);

  void later(Duration delay, Runnable task);

  /** Does nothing more. */
  void stop();

  /** So many threads; one that asks the account may take as long as the network does. */
  static Background threads(int most) {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            most,
            task -> {
              Thread thread = new Thread(task, "facedrop-gate");
              thread.setDaemon(true);
              return thread;
            });
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setRejectedExecutionHandler((task, stopped) -> {});
    return new Background() {
      @Override
      public void run(Runnable task) {
        threads.execute(task);
      }

      @Override
      public void later(Duration delay, Runnable task) {
        threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      }

      @Override
      public void stop() {
        threads.shutdown();
      }
    };
  }
}
