package io.facedrop.nodes;

import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One ledger's life through what befalls its nodes, until every manifest is through. */
final class Episode implements AutoCloseable {
  /** Requests of a row, with what is asked again. */
  private static final double REQUESTS = 2.2;

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(20);

  final Path home;
  final Manner manner;
  final Api api = new Api();
  final Load load;
  final Cluster cluster;
  final Books books;
  final List<Fallen> fallen = new ArrayList<>();
  private final Taker taker;
  private final Faults faults;

  /**
   * How nodes are used in an episode.
   *
   * @param rows in all manifests
   * @param work for how long the API's rate lets them work at least
   * @param resubmit what is in doubt is sent again
   * @param taken a consumer takes parts away at once
   * @param learnt when to query is learnt
   */
  record Manner(int rows, Duration work, boolean resubmit, boolean taken, boolean learnt) {
    /** Requests a second. */
    int rate() {
      return (int) (rows * REQUESTS / work.toSeconds());
    }
  }

  Episode(Path home, Database database, Manner manner, Random random) {
    this.home = home;
    this.manner = manner;
    String name = home.getFileName().toString();
    String schema = name.replace('-', '_');
    load = new Load(name, home.resolve("inbox"), manner.rows(), random);
    database.books("public").execute("create schema " + schema);
    books = database.books(schema);
    cluster =
        new Cluster(
                home,
                database,
                schema,
                random.nextInt(Cluster.PLACES),
                random.nextInt(Cluster.PLACES))
            .with("facedrop.api.base-url", api.address())
            .with("facedrop.api.rate", manner.rate() + "/s")
            .with("facedrop.faces.poll-ages", manner.learnt() ? "auto" : "300ms,700ms")
            .with("facedrop.faces.poll-interval", "1s")
            .with("facedrop.in-doubt", manner.resubmit() ? "resubmit" : "dead-letter");
    taker = manner.taken() ? new Taker(home) : null;
    faults = new Faults(this, database, random);
  }

  /** Until all is through, and every node has left. */
  void run() {
    for (int place = 0; place < Cluster.PLACES; place++) {
      cluster.start(place, "node-" + place);
    }
    await().atMost(START).pollInterval(LOOK).until(() -> !cluster.isAlive() || cluster.works());
    await().atMost(patience()).pollInterval(LOOK).until(this::isOver);
    faults.leave();
    if (taker != null) {
      taker.take();
    }
  }

  private Duration patience() {
    return manner.work().multipliedBy(3).plusSeconds(120);
  }

  private boolean isOver() {
    load.drop(api.creates());
    if (taker != null) {
      taker.take();
    }
    return faults.areOver() && load.isPickedUp() && reports() == load.manifests().size();
  }

  private long reports() {
    return Tree.files(home.resolve("report")).stream()
        .filter(file -> file.toString().endsWith(".report.json"))
        .count();
  }

  /** What befell the nodes, in order. */
  List<String> story() {
    return faults.story();
  }

  @Override
  public void close() {
    cluster.close();
    api.close();
  }
}
