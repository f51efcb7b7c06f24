package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facedrop.ledger.view.Traffic;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void knowsNothingOfNothing() {
    assertThat(latencies.quantiles()).isNull();
  }

  @Test
  void leavesOutWhatNobodyKnows() {
    add(Traffic.UNKNOWN, 1000);
    assertThat(latencies.quantiles()).isNull();
    add(10, 1);
    assertThat(latencies.quantiles().count()).isEqualTo(1);
  }

  @Test
  void spreadsTheTimesOfAClassEvenly() {
    add(80, 100);
    double shortest = Traffic.longestMillis(79);
    double width = Traffic.longestMillis(80) - shortest;
    assertThat(latencies.quantile(0.5)).isCloseTo(shortest + width / 2, within(1e-6));
    assertThat(latencies.quantile(0.95)).isCloseTo(shortest + width * 0.95, within(1e-6));
    assertThat(latencies.quantile(1)).isCloseTo(1024, within(1e-6));
  }

  @Test
  void findsTheClassThatAQuantileLiesIn() {
    add(80, 5);
    add(16, 90);
    add(48, 5);
    assertThat(latencies.quantile(0.9)).isCloseTo(4, within(1e-6));
    assertThat(latencies.quantile(0.95)).isCloseTo(64, within(1e-6));
    assertThat(latencies.quantile(0.96)).isBetween(Traffic.longestMillis(79), 1024.0);
  }

  @Test
  void beginsTheLowestClassAtZero() {
    add(0, 10);
    assertThat(latencies.quantile(0.5)).isCloseTo(0.5, within(1e-6));
  }

  private void add(int latency, long requests) {
    latencies.add(new Traffic(0, Traffic.Kind.CREATE, latency, requests, 0, 0, 0));
  }
}
