package io.facedrop.nodes;

import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One ledger's life through what befalls its nodes, until every manifest is through. */
final class Episode implements AutoCloseable {
  /** Requests of a row, with what is asked again. */
  private static final double REQUESTS = 2.2;

  /** Rows a second on a busy machine. */
  private static final int SLOWEST = 20;

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(20);

  final Path home;
  final Manner manner;
  final Api api = new Api();
  final Load load;
  final Cluster cluster;
  final Books books;
  private final Database database;
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

  Episode(Path home, Database database, Access access, Manner manner, Random random) {
    this.home = directory(home);
    this.database = database;
    this.manner = manner;
    load = new Load(home.getFileName().toString(), home.resolve("inbox"), manner.rows(), random);
    books = database.books(access.database());
    cluster =
        new Cluster(home, access, random.nextInt(Cluster.PLACES), random.nextInt(Cluster.PLACES))
            .with("facedrop.api.base-url", api.address())
            .with("facedrop.api.rate", manner.rate() + "/s")
            .with("facedrop.faces.poll-ages", manner.learnt() ? "auto" : "300ms,700ms")
            .with("facedrop.faces.poll-interval", "1s")
            .with("facedrop.in-doubt", manner.resubmit() ? "resubmit" : "dead-letter");
    taker = manner.taken() ? new Taker(home) : null;
    faults = new Faults(this, database, random);
  }

  private static Path directory(Path home) {
    try {
      return Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lives until all is through, and looks at it. */
  void live(Figures figures) {
    try {
      run();
      faults.story().forEach(System.out::println);
      faults.count(figures.events);
      new Audit(this, figures).audit();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + this, e);
    }
  }

  private void run() {
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
    return manner.work().multipliedBy(3).plusSeconds(120 + manner.rows() / SLOWEST);
  }

  private boolean isOver() {
    load.drop(api.creates());
    if (taker != null) {
      taker.take();
    }
    return faults.areOver()
        && load.isPickedUp()
        && reports() == load.manifests().size()
        && books.isComplete();
  }

  private long reports() {
    return Tree.files(home.resolve("report")).stream()
        .filter(file -> file.toString().endsWith(".report.json"))
        .count();
  }

  /** How it was, and where more is told. */
  @Override
  public String toString() {
    Stream<String> logs = cluster.lives().stream().map(Node::toString);
    return Stream.of(
            Stream.of(home + ", " + manner), faults.story().stream(), Stream.of(left()), logs)
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  /** What it would wait for. */
  private String left() {
    return "all nodes work: %s; to befall them: %s; in the inbox: %s; reports: %d of %d; %s"
        .formatted(
            cluster.works(),
            faults.left(),
            Tree.files(home.resolve("inbox")),
            reports(),
            load.manifests().size(),
            database.isAway() ? "no database" : inLedger());
  }

  private String inLedger() {
    return "all batches complete: %s; open: %s; %s"
        .formatted(books.isComplete(), books.open(), books.gates());
  }

  @Override
  public void close() {
    cluster.close();
    api.close();
  }
}
