package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes on one PostgreSQL ledger share the rate of one key. */
class NodesRateAcceptanceTest extends SharedLedger {
  private static final Logger LOG = LoggerFactory.getLogger(NodesRateAcceptanceTest.class);
  private static final int PER_SECOND = 60;
  private static final int ROWS = 6_000;
  private static final long LEASE_SECONDS = 17;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_SECONDS = 4;

  /**
   * What the way of a request to the stand-in may differ by moves it over the edge of a second: 100
   * ms here.
   */
  private static final int JITTER = 6;

  /** How long the rate is looked at: another program may take the machine for a moment. */
  private static final int SPAN_SECONDS = 3;

  /**
   * That 97 % are used is a matter of made-up time; three nodes beside other tests on a small
   * machine do not always wake up in time.
   */
  private static final double ENOUGH = Double.parseDouble(System.getProperty("rate.used", "0.85"));

  @Override
  void set(Installation installed) {
    installed
        .with("facedrop.api.rate", PER_SECOND + "/s")
        .with("facedrop.node.lease", LEASE_SECONDS + "s");
  }

  @Test
  void threeNodesKeepToOneRateThroughAKillAndPauseTogether() throws Exception {
    List<Cli> nodes = Stream.of("one", "two", "three").map(this::begun).toList();
    nodes.forEach(SharedLedger::awaitWork);
    facedrop.manifest("data/inbox/m.csv", ROWS, Map.of());

    await().atMost(Duration.ofSeconds(60)).until(() -> api.creates().size() > PER_SECOND);
    long full = awaitFullRate(System.nanoTime());
    LOG.info("three nodes: {} of the rate", used(full));

    long killed = System.nanoTime();
    kill(nodes.get(0));
    long again = awaitFullRate(killed);
    double after = (again - killed) / 1e9;
    LOG.info("{} s after a kill: {} of the rate", after, used(again));
    assertThat(after).isLessThan(LEASE_SECONDS);

    long refused = refuseOne();
    await().atMost(Duration.ofSeconds(60)).until(() -> arrivedAfter(refused + 2 * SECOND) > 0);
    pausedWithinASecond(refused);
    noSecondHasMoreThanTheRate();
    assertThat(Stream.of(1, 2).filter(node -> isToldOfPause(nodes.get(node)))).hasSize(1);
  }

  private Cli begun(String name) {
    return facedrop.start("-Dfacedrop.node.name=" + name, "serve");
  }

  /** Since when, not before a moment, enough of the rate is used for a while. */
  private long awaitFullRate(long earliest) {
    AtomicLong since = new AtomicLong();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              long last = System.nanoTime() - SPAN_SECONDS * SECOND;
              for (long from = earliest; from <= last; from += SECOND / 10) {
                if (used(from) >= ENOUGH) {
                  since.set(from);
                  return true;
                }
              }
              return false;
            });
    return since.get();
  }

  private double used(long from) {
    long to = from + SPAN_SECONDS * SECOND;
    double count = arrivals().filter(nanos -> nanos >= from && nanos < to).count();
    return count / SPAN_SECONDS / PER_SECOND;
  }

  private Stream<Long> arrivals() {
    return api.journal().stream()
        .filter(StrangeApi.Arrival::isOfARow)
        .map(StrangeApi.Arrival::nanos);
  }

  private long arrivedAfter(long moment) {
    return arrivals().filter(nanos -> nanos > moment).count();
  }

  /** Answers one request with 429; when that was. */
  private long refuseOne() {
    AtomicLong refused = new AtomicLong();
    api.behave(
        request ->
            request.creates() && refused.compareAndSet(0, System.nanoTime())
                ? StrangeApi.Reply.code(429).with("Retry-After: " + PAUSE_SECONDS)
                : api.usual(request));
    await().until(() -> refused.get() != 0);
    return refused.get();
  }

  private void pausedWithinASecond(long refused) {
    long last =
        arrivals().filter(nanos -> nanos < refused + 2 * SECOND).max(Long::compare).orElseThrow();
    long next = arrivals().filter(nanos -> nanos > last).min(Long::compare).orElseThrow();
    LOG.info(
        "a 429 at one: the last of the other left {} ms later, and the next after {} ms",
        (last - refused) / 1_000_000,
        (next - refused) / 1_000_000);
    assertThat(last - refused).isLessThan(SECOND);
    assertThat(next - refused).isGreaterThan(PAUSE_SECONDS * SECOND - SECOND / 10);
  }

  private void noSecondHasMoreThanTheRate() {
    List<Long> all = arrivals().toList();
    int most = PER_SECOND + JITTER;
    int found = 0;
    for (int first = 0, last = 0; last < all.size(); last++) {
      while (all.get(last) - all.get(first) >= SECOND) {
        first++;
      }
      found = Math.max(found, last - first + 1);
    }
    LOG.info("most in a second: {} of {} requests", found, all.size());
    assertThat(found).isLessThanOrEqualTo(most);
  }

  private static boolean isToldOfPause(Cli node) {
    return node.said()
        .contains("an operator or another process changed the gate; it is now paused: code 429");
  }
}
