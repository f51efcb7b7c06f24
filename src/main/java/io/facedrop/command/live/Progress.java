package io.facedrop.command.live;

import io.facedrop.log.LogFormat;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far the work is: a live line on a terminal, a line now and then elsewhere. */
public interface Progress extends AutoCloseable {
  /** Shows the present state. */
  void show(Moment now);

  @Override
  void close();

  /** The way that suits the standard error stream. */
  static Progress of(Tallied start) {
    RowPace pace = new RowPace(start, System::nanoTime);
    if (!LogFormat.isText()) {
      Logger log = LoggerFactory.getLogger(Progress.class);
      return new Lines(log::info, pace, start);
    }
    return Terminal.hasErrors() && start.batches() > 0
        ? new Live(System.err, System.console().charset(), pace)
        : new Lines(System.err::println, pace, start);
  }

  /** A line that draws itself again in place; what is logged meanwhile stands above it. */
  final class Live implements Progress {
    private static final int EVERY_MILLIS = 200;

    private final PrintStream terminal;
    private final RowPace pace;
    private final PrintStream above;
    private volatile LiveLine line;
    private volatile int columns;
    private ProgressBar drawn;

    Live(PrintStream terminal, Charset charset, RowPace pace) {
      this.terminal = terminal;
      this.pace = pace;
      this.above =
          new PrintStream(
              new LinesAbove(terminal, () -> columns, () -> drawn.refresh()), true, charset);
    }

    @Override
    public void show(Moment now) {
      pace.see(now);
      line = new LiveLine(now, pace.rate(now.tally()), pace.elapsed(), pace.left(now));
      if (drawn == null) {
        drawn =
            new ProgressBarBuilder()
                .setRenderer((state, room) -> drawing(room))
                .setConsumer(new Place(terminal))
                .setUpdateIntervalMillis(EVERY_MILLIS)
                .continuousUpdate()
                .build();
        System.setErr(above);
      }
    }

    /** Filled up with blanks, so that nothing is left of a longer one. */
    private String drawing(int room) {
      columns = room;
      String text = line.text(room);
      return text + " ".repeat(Math.max(0, room - Cells.width(text)));
    }

    @Override
    public void close() {
      if (drawn != null) {
        // Until its line has ended, whatever is logged has to stand above it.
        drawn.close();
        System.setErr(terminal);
        above.close();
      }
    }

    /** Where the line is drawn. The bar may end it twice, by two of its threads. */
    private static final class Place extends ConsoleProgressBarConsumer {
      private final PrintStream terminal;
      private boolean ended;

      Place(PrintStream terminal) {
        super(terminal);
        this.terminal = terminal;
      }

      /** Goes back to its start, so that the terminal's ^C breaks no line. */
      @Override
      public synchronized void accept(String line) {
        if (!ended) {
          super.accept(line);
          terminal.print('\r');
          terminal.flush();
        }
      }

      @Override
      public synchronized void close() {
        if (!ended) {
          ended = true;
          super.close();
        }
      }
    }
  }

  /** A line every few seconds, for logs. */
  final class Lines implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final Consumer<String> out;
    private final RowPace pace;
    private Duration said = Duration.ZERO;
    private Tallied last;
    private String lastNote = "";
    private boolean spoken;

    Lines(Consumer<String> out, RowPace pace, Tallied start) {
      this.out = out;
      this.pace = pace;
      this.last = start;
    }

    @Override
    public void show(Moment now) {
      pace.see(now);
      Tallied tally = now.tally();
      String note = now.note();
      Duration silence = pace.elapsed().minus(said);
      boolean through = tally.settled() == tally.rows() && last.settled() != tally.rows();
      boolean news =
          tally.isFurtherThan(last)
              || !note.equals(lastNote)
              || silence.compareTo(LONGEST_SILENCE) >= 0;
      if (silence.compareTo(EVERY) >= 0 && news || spoken && through) {
        lastNote = note;
        said = pace.elapsed();
        last = tally;
        spoken = true;
        out.accept(line(now, note));
      }
    }

    private String line(Moment now, String note) {
      Tallied tally = now.tally();
      return String.format(
              Locale.ROOT,
              "%s of %s: %s succeeded, %s",
              Count.number(tally.settled()),
              Count.of(tally.rows(), "row"),
              Count.number(tally.succeeded()),
              Count.of(tally.dead(), "dead letter"))
          + speed(now)
          + pace.left(now).map(left -> ", about " + Span.spoken(left) + " left").orElse("")
          + (note.isEmpty() ? "" : " (" + note + ")");
    }

    private String speed(Moment now) {
      return now.hindrance().isOpenEnded()
          ? ""
          : String.format(Locale.ROOT, ", %,.1f rows/s", pace.rate(now.tally()));
    }

    @Override
    public void close() {}
  }
}
