package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnPostgres
class PresenceOnPostgresTest extends PresenceTest {
  private static final String KINDS =
      "select string_agg(kind, ' ' order by id) from event where kind in ('stop', 'start')";

  @Test
  void ofSeveralNodesTheFirstThatComesAndTheLastThatLeavesAreNoted() throws Exception {
    try (TestNode one = TestNode.joined(bench.url, "one")) {
      try (TestNode two = TestNode.joined(bench.url, "two")) {
        assertThat(bench.see(KINDS)).isEqualTo("start");
        two.ledger.work().leave();
        assertThat(bench.see(KINDS)).isEqualTo("start");
      }
      one.ledger.work().leave();
      assertThat(bench.see(KINDS)).isEqualTo("start stop");
    }
  }
}
