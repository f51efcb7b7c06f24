package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a PostgreSQL ledger of the test's own, with an API that it commands. */
abstract class SharedLedger {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  StrangeApi api;
  Installation facedrop;

  /** Of this class alone. */
  final String schema = getClass().getSimpleName().toLowerCase(Locale.ROOT);

  /** Adds what differs from a lease of 17 s, answers within 2 s, and no faces. */
  abstract void set(Installation installed);

  @BeforeEach
  void install() {
    TestServer.execute("create schema " + schema);
    api = new StrangeApi();
    facedrop =
        new Installation(folder, api.uri().toString())
            .with("facedrop.ledger.url", TestServer.address(schema))
            .with("facedrop.ledger.username", TestServer.USER)
            .with("facedrop.api.response-timeout", "2s")
            .with("facedrop.node.lease", "17s")
            .with("facedrop.faces.await", "false");
    set(facedrop);
  }

  @AfterEach
  void remove() {
    facedrop.close();
    api.close();
    TestServer.execute("drop schema " + schema + " cascade");
  }

  /** Starts a node, and waits until it works. */
  Cli node(String name, String... options) {
    Cli node =
        facedrop.start(
            Stream.concat(Stream.of(options), Stream.of("-Dfacedrop.node.name=" + name, "serve"))
                .toArray(String[]::new));
    awaitWork(node);
    return node;
  }

  static void awaitWork(Cli node) {
    await().atMost(PATIENCE).until(() -> !node.isAlive() || node.said().contains("watching "));
    assertThat(node.said()).contains("watching ");
  }

  static void kill(Cli node) throws IOException, InterruptedException {
    signal(node, "KILL");
    assertThat(node.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  static void signal(Cli node, String signal) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + signal, String.valueOf(node.process().pid()));
    assertThat(new ProcessBuilder(command).start().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Asks the ledger, whose tables are named without the schema. */
  long number(String sql) {
    return TestServer.number(sql.replace("from ", "from " + schema + "."));
  }
}
