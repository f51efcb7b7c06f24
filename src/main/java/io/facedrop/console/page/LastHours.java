package io.facedrop.console.page;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.view.Traffic;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws what happened in the last hours, in all batches and on all nodes: requests, rows that
 * ended, and how long answers and faces took. That is summed up beside whoever looks. They wait for
 * it a moment; if it takes longer, they see it as it was before.
 */
final class LastHours {
  private static final Logger LOG = LoggerFactory.getLogger(LastHours.class);
  private static final Duration SPAN = Duration.ofHours(3);

  /** The ledger counts no finer where a batch is worked for long. */
  private static final Duration SLOT = Duration.ofMinutes(5);

  private static final Duration FRESH = Duration.ofSeconds(15);

  /** The newest bar is taken for at least so long, or a few requests would look like very many. */
  private static final Duration SHORTEST_SLOT = Duration.ofSeconds(10);

  private final LedgerReader ledger;
  private final AtomicBoolean drawing = new AtomicBoolean();
  private final Duration patience;
  private volatile Drawn drawn = new Drawn(null, List.of());

  /**
   * The plots of one moment.
   *
   * @param at null before any was drawn
   */
  record Drawn(Instant at, List<Map<String, Object>> bars) {
    boolean isFresh(Instant now) {
      return at != null && !at.isBefore(now.minus(FRESH));
    }
  }

  /**
   * @param patience for which one who looks waits for new plots
   */
  LastHours(LedgerReader ledger, Duration patience) {
    this.ledger = ledger;
    this.patience = patience;
  }

  /** The plots as they were lately; none where nothing happened. */
  Drawn plots(Instant now) {
    if (!drawn.isFresh(now) && drawing.compareAndSet(false, true)) {
      await(
          CompletableFuture.runAsync(() -> drawn = new Drawn(now, drawn(now)))
              .whenComplete((done, failure) -> drawing.set(false)));
    }
    return drawn;
  }

  private void await(CompletableFuture<Void> begun) {
    try {
      begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.debug("the plots of the last hours take long");
    } catch (ExecutionException e) {
      LOG.debug("the plots of the last hours cannot be drawn", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Map<String, Object>> drawn(Instant now) {
    long slot = SLOT.toSeconds();
    Instant from = Instant.ofEpochSecond((now.minus(SPAN).getEpochSecond() / slot + 1) * slot);
    List<Traffic> traffic = ledger.slots(from, slot);
    if (traffic.isEmpty()) {
      return List.of();
    }
    BarPlot requests = new BarPlot("Requests", "", "dead", from, SLOT, SPAN);
    BarPlot rows = new BarPlot("Rows that ended", "", "dead", from, SLOT, SPAN);
    BarPlot answers =
        new BarPlot(
            "Answers",
            "Half of the requests were answered within the strong bar, 95 of 100 within the faint one."
                + " Those without an answer are left out.",
            "late",
            from,
            SLOT,
            SPAN);
    BarPlot faces =
        new BarPlot(
            "Faces",
            "Half of the tasks had their faces within the strong bar, 95 of 100 within the faint one,"
                + " from their creation to the query that found them.",
            "late",
            from,
            SLOT,
            SPAN);
    for (int i = 0; i < SPAN.dividedBy(SLOT); i++) {
      int number = i;
      List<Traffic> slotOf = traffic.stream().filter(one -> one.slot() == number).toList();
      List<Traffic> sent = slotOf.stream().filter(one -> one.kind() != Traffic.Kind.FACES).toList();
      Duration passed = passed(from.plus(SLOT.multipliedBy(i)), now);
      addCounts(requests, number, passed, sum(sent, Traffic::requests), 0);
      addCounts(rows, number, passed, sum(sent, Traffic::succeeded), sum(sent, Traffic::dead));
      addTimes(answers, number, sent);
      addTimes(
          faces, number, slotOf.stream().filter(one -> one.kind() == Traffic.Kind.FACES).toList());
    }
    List<Map<String, Object>> plots = new ArrayList<>();
    for (BarPlot plot : List.of(requests, rows)) {
      plots.add(plot.data(most -> Text.number(perMinute(most)) + " a minute"));
    }
    for (BarPlot plot : List.of(answers, faces)) {
      if (!plot.isEmpty()) {
        plots.add(plot.data(Text::millis));
      }
    }
    return plots;
  }

  private static long sum(List<Traffic> traffic, ToLongFunction<Traffic> what) {
    return traffic.stream().mapToLong(what).sum();
  }

  private static long perMinute(long inSlot) {
    return (inSlot + SLOT.toMinutes() - 1) / SLOT.toMinutes();
  }

  /** How much of a slot lies in the past. */
  private static Duration passed(Instant begin, Instant now) {
    Duration passed = Duration.between(begin, now);
    if (passed.compareTo(SLOT) > 0) {
      return SLOT;
    }
    return passed.compareTo(SHORTEST_SLOT) < 0 ? SHORTEST_SLOT : passed;
  }

  /** A slot that has just begun is as high as if it went on like that. */
  private static void addCounts(BarPlot plot, int slot, Duration passed, long good, long dead) {
    if (good + dead > 0) {
      plot.add(
          slot,
          inSlot(good, passed),
          inSlot(dead, passed),
          Text.number(good)
              + (dead == 0 ? "" : " and " + Count.of(dead, "dead letter"))
              + " in "
              + (passed.equals(SLOT) ? SLOT.toMinutes() + " minutes" : Span.spoken(passed)));
    }
  }

  private static long inSlot(long count, Duration passed) {
    return count * SLOT.toMillis() / passed.toMillis();
  }

  private static void addTimes(BarPlot plot, int slot, List<Traffic> traffic) {
    List<Traffic> known =
        traffic.stream()
            .filter(one -> one.latency() != Traffic.UNKNOWN && one.requests() > 0)
            .sorted((one, other) -> Integer.compare(one.latency(), other.latency()))
            .toList();
    long all = sum(known, Traffic::requests);
    if (all > 0) {
      long half = within(known, (all + 1) / 2);
      long nearlyAll = within(known, (all * 95 + 99) / 100);
      plot.add(
          slot,
          half,
          nearlyAll - half,
          "half of "
              + Text.number(all)
              + " within "
              + Text.millis(half)
              + ", 95 of 100 within "
              + Text.millis(nearlyAll));
    }
  }

  /** The time in milliseconds within which so many of them were through. */
  private static long within(List<Traffic> ascending, long count) {
    long through = 0;
    for (Traffic traffic : ascending) {
      through += traffic.requests();
      if (through >= count) {
        return Math.round(Traffic.longestMillis(traffic.latency()));
      }
    }
    throw new IllegalArgumentException("there are only " + through + " of " + count);
  }
}
