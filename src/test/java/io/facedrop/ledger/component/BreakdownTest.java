package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that cannot go on says so: what it did is done by nobody else. */
@Timeout(60)
class BreakdownTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"ledger-worker, worker", "ledger-outputs, publisher"})
  void anErrorInAThreadOfOursIsHeard(String thread, String name) throws Exception {
    Map<String, Throwable> heard = new ConcurrentHashMap<>();
    FailingClock clock = new FailingClock(thread);
    try (LedgerContext context = new LedgerContext(directory, clock)) {
      context.component().setBreakdown(heard::put);
      context.bench.batch(3);
      context
          .concurrency(1)
          .route(
              new RouteBuilder() {
                @Override
                public void configure() {
                  from("ledger:claim-pending")
                      .process(exchange -> clock.fails = true)
                      .to("ledger:succeeded");
                  from("ledger:publish?interval=1s").process(exchange -> {});
                }
              })
          .start();

      await().until(() -> !heard.isEmpty());

      assertThat(heard).containsOnlyKeys(name);
      assertThat(heard.get(name)).hasMessage("as told");
    }
  }

  /** One that cannot tell the time to some threads, once it is told so. */
  private static final class FailingClock extends Clock {
    private final String thread;
    private volatile boolean fails;

    FailingClock(String thread) {
      this.thread = thread;
    }

    @Override
    public Instant instant() {
      if (fails && Thread.currentThread().getName().contains(thread)) {
        throw new OutOfMemoryError("as told");
      }
      return Clock.systemUTC().instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
