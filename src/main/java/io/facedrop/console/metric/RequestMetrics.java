package io.facedrop.console.metric;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.client.RequestWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests of this node: what they came to, and how long they took. */
public final class RequestMetrics implements MeterBinder, RequestWatch {
  private static final List<String> KINDS =
      Stream.concat(
              Stream.of(RequestKind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)),
              Stream.of("balance"))
          .toList();
  private static final int BALANCE = KINDS.size() - 1;

  /** What the API documents, any other code, and no answer that anybody can read. */
  private static final List<String> CODES =
      List.of(
          "200", "401", "402", "403", "404", "422", "429", "455", "500", "501", "505", "other",
          "none");

  private static final int OTHER = CODES.size() - 2;
  private static final int NONE = CODES.size() - 1;
  private static final int[] KNOWN =
      CODES.stream().limit(OTHER).mapToInt(Integer::parseInt).toArray();

  private static final Duration[] BOUNDS =
      IntStream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private Counter[][] counts;
  private Timer[] times;

  @Override
  public void bindTo(MeterRegistry registry) {
    counts =
        KINDS.stream()
            .map(kind -> CODES.stream().map(code -> count(registry, kind, code)))
            .map(codes -> codes.toArray(Counter[]::new))
            .toArray(Counter[][]::new);
    times = KINDS.stream().map(kind -> time(registry, kind)).toArray(Timer[]::new);
  }

  private static Counter count(MeterRegistry registry, String kind, String code) {
    return Counter.builder("facedrop.requests")
        .description("Requests of this node that left, by the code of their answer.")
        .tag("kind", kind)
        .tag("code", code)
        .register(registry);
  }

  private static Timer time(MeterRegistry registry, String kind) {
    return Timer.builder("facedrop.request")
        .description("From the departure of a request to the end of its answer, or to its failure.")
        .tag("kind", kind)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  @Override
  public void over(RequestKind kind, int code, long nanos) {
    int place = kind == null ? BALANCE : kind.ordinal();
    counts[place][code(code)].increment();
    times[place].record(nanos, TimeUnit.NANOSECONDS);
  }

  private static int code(int code) {
    for (int i = 0; i < KNOWN.length; i++) {
      if (KNOWN[i] == code) {
        return i;
      }
    }
    return code == Answer.NONE ? NONE : OTHER;
  }
}
