package io.facedrop.nodes;

import io.facedrop.acceptance.FakedTime;
import io.facedrop.network.Listener;
import io.facedrop.network.Relay;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Three places, each with a node that serves; one reaches the database by a line that can be cut,
 * and one, which may be the same, lives by a clock that can be set.
 */
final class Cluster implements AutoCloseable {
  static final int PLACES = 3;
  static final int CONCURRENCY = 8;
  static final Duration LEASE = Duration.ofSeconds(19);

  private final Path home;
  private final Access access;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final int faked;
  private final int relayed;
  private final FakedTime time;
  private final Listener line;
  private final Node[] nodes = new Node[PLACES];
  private final List<Node> lives = new ArrayList<>();

  /**
   * @param faked the place with the clock
   * @param relayed the place with the line
   */
  Cluster(Path home, Access access, int faked, int relayed) {
    this.home = home;
    this.access = access;
    this.faked = faked;
    this.relayed = relayed;
    this.time = FakedTime.in(home).orElse(null);
    this.line =
        Listener.plain(
            here ->
                Relay.between(here, new Socket(InetAddress.getLoopbackAddress(), access.port())));
    with("facedrop.api.concurrency", String.valueOf(CONCURRENCY));
    with("facedrop.api.response-timeout", "4s");
    with("facedrop.node.lease", LEASE.toSeconds() + "s");
    with("facedrop.ledger.username", Database.USER);
    with("facedrop.faces.open-tasks", "400");
    with("facedrop.retry.initial-delay", "100ms");
    with("facedrop.retry.max-delay", "1s");
    with("facedrop.publish.interval", "1s");
    with("facedrop.inbox", home.resolve("inbox").toString());
    with("facedrop.inbox.done-file", "${file:name}.done");
    for (String output : List.of("success", "dead-letter", "report", "rejected", "archive")) {
      with("facedrop." + output + ".uri", "file:" + home.resolve(output));
    }
  }

  Cluster with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  boolean canSetClock() {
    return time != null;
  }

  Node at(int place) {
    return nodes[place];
  }

  /** Every node that was started, in that order. */
  List<Node> lives() {
    return lives;
  }

  /** Starts a node where none is. */
  void start(int place, String name) {
    int port = place == relayed ? line.port() : access.port();
    nodes[place] =
        process("serve", name, home.resolve("node-" + lives.size()), port, environment(place));
    lives.add(nodes[place]);
  }

  /** Starts a command that is no node. */
  Node beside(String command) {
    Path directory = home.resolve(command + "-" + System.nanoTime());
    return process(command, command, directory, access.port(), Map.of("CRUN_API_KEY", Api.KEY));
  }

  private Node process(
      String command, String name, Path directory, int port, Map<String, String> environment) {
    Stream<String> own =
        Stream.of(
            command,
            "-Dfacedrop.node.name=" + name,
            "-Dfacedrop.console.port=off",
            "-Dfacedrop.ledger.url=" + access.address(port));
    Stream<String> all =
        settings.entrySet().stream().map(it -> "-D" + it.getKey() + "=" + it.getValue());
    return Node.start(name, directory, environment, Stream.concat(own, all).toList());
  }

  private Map<String, String> environment(int place) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CRUN_API_KEY", Api.KEY);
    if (place == faked && time != null) {
      environment.putAll(time.environment());
    }
    return environment;
  }

  boolean isAlive() {
    return Stream.of(nodes).allMatch(Node::isAlive);
  }

  boolean works() {
    return Stream.of(nodes).allMatch(Node::works);
  }

  /** Cuts the connections that one node has to the database. */
  void cut() {
    line.cut();
  }

  void setClock(Duration ahead) {
    time.set(ahead);
  }

  @Override
  public void close() {
    lives.forEach(
        node -> {
          if (node.isAlive()) {
            node.kill();
          }
        });
    line.close();
  }
}
