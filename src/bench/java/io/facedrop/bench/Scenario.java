package io.facedrop.bench;

import io.facedrop.bench.endpoint.Durations;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all contenders of a comparison are given.
 *
 * @param latencyMillis what the endpoint takes for an answer
 * @param rate of facedrop, as {@code 50/s} or {@code unlimited}
 * @param faces whether rows wait for their faces, which takes a second request
 * @param durations of tasks
 * @param rows of a contender with share 1
 * @param limit of the figure, which rate, latency and concurrency allow; 0 for none
 */
record Scenario(
    String name,
    String title,
    int latencyMillis,
    int concurrency,
    String rate,
    boolean faces,
    Durations durations,
    int rows,
    double limit,
    Figure figure,
    List<String> contenders) {

  static final String THROUGHPUT = "throughput";
  static final String FACES = "faces";
  static final String SCALE = "scale";
  static final String NODES = "nodes";
  private static final String RESTART = "restart";
  private static final String UNLIMITED = "unlimited";
  private static final int LATENCY = 200;
  private static final int RATE = 50;
  private static final int NODE_CONCURRENCY = 50;

  static List<Scenario> all(Options options) {
    Stream<Scenario> others =
        Stream.of(
            throughput(options),
            latency(options, 16, List.of("facedrop", "httpclient5", "spring-batch")),
            latency(
                options, 512, List.of("facedrop", "httpclient5", "node", "python", "spring-batch")),
            rate(options),
            faces(options),
            oneRow(),
            idle(),
            scale(options),
            restart(options),
            nodes(options));
    return Stream.concat(others, Granted.scenarios(options)).toList();
  }

  /** Whether it takes so long that it is run only when it is named. */
  boolean isLong() {
    return name.equals(SCALE)
        || name.equals(RESTART)
        || name.equals(NODES)
        || figure == Figure.GRANTED;
  }

  /** Its own, and that of all scenarios of its kind if it is one of several. */
  List<String> names() {
    return figure == Figure.GRANTED ? List.of(name, Granted.NAME) : List.of(name);
  }

  /** Short runs say little with few rows, so only long ones are cut to a contender's share. */
  int rows(Contender contender) {
    return figure == Figure.TIMED ? Math.max(100, (int) (rows * contender.share())) : rows;
  }

  private static Scenario throughput(Options options) {
    return new Scenario(
        THROUGHPUT,
        "No latency, " + options.concurrency() + " in flight",
        0,
        options.concurrency(),
        UNLIMITED,
        false,
        Durations.NONE,
        options.rows(),
        0,
        Figure.TIMED,
        List.of(
            "facedrop",
            "httpclient5",
            "jdk",
            "spring-batch",
            "spring-batch-strict",
            "node",
            "python",
            "curl"));
  }

  private static Scenario latency(Options options, int concurrency, List<String> contenders) {
    int limit = concurrency * 1_000 / LATENCY;
    return new Scenario(
        "latency-" + concurrency,
        LATENCY + " ms latency, " + concurrency + " in flight: at most " + limit + " rows/s",
        LATENCY,
        concurrency,
        UNLIMITED,
        false,
        Durations.NONE,
        limit * options.seconds(),
        limit,
        Figure.WIRE,
        contenders);
  }

  private static Scenario rate(Options options) {
    return new Scenario(
        "rate-" + RATE,
        LATENCY + " ms latency, 16 in flight, facedrop.api.rate=" + RATE + "/s",
        LATENCY,
        16,
        RATE + "/s",
        false,
        Durations.NONE,
        RATE * options.seconds(),
        RATE,
        Figure.PACE,
        List.of("facedrop"));
  }

  private static Scenario faces(Options options) {
    return new Scenario(
        FACES,
        "No latency, faces awaited (two requests a row)",
        0,
        options.concurrency(),
        UNLIMITED,
        true,
        Durations.NONE,
        options.rows(),
        0,
        Figure.TIMED,
        List.of("facedrop"));
  }

  private static Scenario oneRow() {
    return new Scenario(
        "one-row",
        "run of a manifest with one row",
        0,
        16,
        UNLIMITED,
        false,
        Durations.NONE,
        1,
        0,
        Figure.WALL,
        List.of(Facedrop.NAME, Facedrop.ARCHIVED));
  }

  private static Scenario idle() {
    return new Scenario(
        "idle",
        "serve with nothing to do",
        0,
        16,
        UNLIMITED,
        false,
        Durations.NONE,
        0,
        0,
        Figure.CPU,
        List.of("facedrop"));
  }

  private static Scenario scale(Options options) {
    return new Scenario(
        SCALE,
        "A manifest that is large for a small heap, " + options.concurrency() + " in flight",
        0,
        options.concurrency(),
        UNLIMITED,
        false,
        Durations.NONE,
        options.scaleRows(),
        0,
        Figure.TIMED,
        List.of(Facedrop.SMALL));
  }

  private static Scenario nodes(Options options) {
    return new Scenario(
        NODES,
        "Nodes that share a ledger, warm, no latency, " + NODE_CONCURRENCY + " in flight each",
        0,
        NODE_CONCURRENCY,
        UNLIMITED,
        false,
        Durations.NONE,
        options.rows(),
        0,
        Figure.NODES,
        Cluster.NAMES);
  }

  private static Scenario restart(Options options) {
    return new Scenario(
        RESTART,
        "killed at its first request and started again, from there to the next request",
        0,
        options.concurrency(),
        UNLIMITED,
        false,
        Durations.NONE,
        options.scaleRows(),
        0,
        Figure.RESTART,
        List.of(Facedrop.SMALL));
  }
}
