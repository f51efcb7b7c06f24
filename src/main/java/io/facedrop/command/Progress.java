package io.facedrop.command;

import io.facedrop.config.Durations;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far the work is: a bar on a terminal, a line now and then elsewhere. */
interface Progress extends AutoCloseable {
  /**
   * Shows the present state.
   *
   * @param note why it does not go on, or empty
   * @param forecast how long the rest takes; empty where only the pace so far can say that
   */
  void show(Tallied now, String note, Supplier<Optional<Duration>> forecast);

  @Override
  void close();

  static Progress of(PrintStream out, boolean terminal, Tallied start) {
    return terminal ? new Bar(out, start) : new Lines(out, start);
  }

  /** A bar that draws itself again in place. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(PrintStream out, Tallied start) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("rows")
              .setInitialMax(start.rows())
              .startsFrom(start.settled(), Duration.ZERO)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
    }

    @Override
    public void show(Tallied now, String note, Supplier<Optional<Duration>> forecast) {
      bar.maxHint(now.rows());
      bar.stepTo(now.settled());
      bar.setExtraMessage(counts(now) + (note.isEmpty() ? "" : " | " + note));
    }

    private static String counts(Tallied now) {
      return String.format(Locale.ROOT, " %,d ok, %,d dead", now.succeeded(), now.dead());
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every few seconds, for logs. */
  final class Lines implements Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST_SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private final long settledBefore;
    private long lastNanos;
    private Tallied last;
    private String lastNote = "";
    private boolean spoken;

    Lines(PrintStream out, Tallied start) {
      this.out = out;
      this.settledBefore = start.settled();
      this.lastNanos = startNanos;
      this.last = start;
    }

    @Override
    public void show(Tallied now, String note, Supplier<Optional<Duration>> forecast) {
      long nanos = System.nanoTime();
      boolean through = now.settled() == now.rows() && last.settled() != now.rows();
      boolean silent = nanos - lastNanos >= LONGEST_SILENCE_NANOS;
      boolean news = now.isFurtherThan(last) || !note.equals(lastNote) || silent;
      if (nanos - lastNanos >= EVERY_NANOS && news || spoken && through) {
        lastNote = note;
        lastNanos = nanos;
        last = now;
        spoken = true;
        out.println(line(now, note, (nanos - startNanos) / 1e9, forecast.get()));
      }
    }

    private String line(Tallied now, String note, double seconds, Optional<Duration> forecast) {
      double rate = (now.settled() - settledBefore) / Math.max(seconds, 0.001);
      String eta =
          forecast
              .or(() -> atPace(now, rate))
              .filter(left -> !left.isZero())
              .map(left -> ", about " + Durations.spoken(left) + " left")
              .orElse("");
      return String.format(
              Locale.ROOT,
              "%,d of %,d rows: %,d succeeded, %,d dead letters, %.1f rows/s%s",
              now.settled(),
              now.rows(),
              now.succeeded(),
              now.dead(),
              rate,
              eta)
          + (note.isEmpty() ? "" : " (" + note + ")");
    }

    private static Optional<Duration> atPace(Tallied now, double rate) {
      long left = now.rows() - now.settled();
      return left == now.awaiting() || rate < 0.001
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds((long) Math.ceil(left / rate)));
    }

    @Override
    public void close() {}
  }
}
