package io.facedrop.ledger.component;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.settle.TransitionRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with a ledger, a gate and rules for a test's route. */
final class LedgerContext implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), SECOND);

  /** Open. */
  static final GateState PROVEN =
      new GateState(0, true, GateState.Pause.NONE, Map.of(), GateState.Halt.NONE);

  final LedgerBench bench;
  final Gate gate;
  final DefaultCamelContext camel = new DefaultCamelContext();

  LedgerContext(Path directory) throws Exception {
    this(directory, PROVEN);
  }

  LedgerContext(Path directory, GateState state) throws Exception {
    this(directory, state, Clock.systemUTC());
  }

  LedgerContext(Path directory, Clock clock) throws Exception {
    this(directory, PROVEN, clock);
  }

  private LedgerContext(Path directory, GateState state, Clock clock) throws Exception {
    bench = LedgerBench.with(directory, clock);
    GateStore store = bench.ledger.gateStore("test");
    store.save(state, "");
    gate =
        new Gate(
            new GateLimits(
                0,
                GateLimits.SHARED,
                64,
                1000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                BACKOFF),
            store,
            () -> OptionalDouble.of(1),
            Clock.systemUTC());
    camel.getRegistry().bind("ledgerStore", bench.ledger);
    camel.getRegistry().bind("gate", gate);
    camel.getRegistry().bind("rules", new TransitionRules(3, BACKOFF, false, LedgerBench.POLLS));
    camel.getShutdownStrategy().setTimeout(20);
  }

  LedgerComponent component() {
    return camel.getComponent("ledger", LedgerComponent.class);
  }

  /** Before its routes start. */
  LedgerContext concurrency(int workers) {
    component().setConcurrency(workers);
    return this;
  }

  LedgerContext route(RouteBuilder routes) throws Exception {
    camel.addRoutes(routes);
    return this;
  }

  LedgerContext start() {
    camel.start();
    return this;
  }

  /** Changes the ledger behind its back. */
  void tamper(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(bench.url);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    camel.stop();
    bench.close();
  }
}
