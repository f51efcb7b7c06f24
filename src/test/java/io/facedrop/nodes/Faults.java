package io.facedrop.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What befalls the nodes of an episode, each at a share of its work or after another. */
final class Faults {
  /** Ends of a node that was not held up: nothing is open, or something is. */
  private static final Set<Integer> IN_ORDER = Set.of(0, 75);

  private static final int HELD_UP = 75;

  private record Step(String name, BooleanSupplier when, Runnable what) {}

  private final Episode episode;
  private final Cluster cluster;
  private final Database database;
  private final Random random;
  private final long start = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private int named = Cluster.PLACES;

  Faults(Episode episode, Database database, Random random) {
    this.episode = episode;
    this.cluster = episode.cluster;
    this.database = database;
    this.random = random;
    int killed = random.nextInt(Cluster.PLACES);
    int frozen = (killed + 1 + random.nextInt(Cluster.PLACES - 1)) % Cluster.PLACES;
    at(0.03, 0.10, "kill " + killed, () -> kill(killed));
    at(0.05, 0.15, "freeze " + frozen, () -> freeze(frozen));
    at(0.10, 0.90, "stop the database", () -> stop("fast"));
    at(0.10, 0.90, "stop the database at once", () -> stop("immediate"));
    at(0.05, 0.50, "cut the line", cluster::cut);
    at(0.50, 0.95, "cut the line", cluster::cut);
    int stopped = random.nextInt(Cluster.PLACES);
    at(0.30, 0.95, "roll " + stopped, () -> roll(stopped));
    if (cluster.canSetClock()) {
      int hours = random.nextBoolean() ? 1 : -1;
      at(0.05, 0.60, "clock by " + hours + " h", () -> cluster.setClock(Duration.ofHours(hours)));
      at(0.60, 0.95, "clock back to what it was", () -> cluster.setClock(Duration.ZERO));
    }
  }

  /** Something happens at a random share of the work. */
  private void at(double from, double to, String name, Runnable what) {
    int creates = (int) (episode.manner.rows() * (from + random.nextDouble() * (to - from)));
    when(name, () -> !database.isAway() && episode.api.creates() >= creates, what);
  }

  private void when(String name, BooleanSupplier when, Runnable what) {
    steps.add(new Step(name, when, what));
  }

  /** Does what is due; whether nothing is left to be done. */
  boolean areOver() {
    if (!database.isAway()) {
      episode.fallen.forEach(node -> node.look(episode.books));
      supervise();
    }
    for (Step step : List.copyOf(steps)) {
      if (step.when().getAsBoolean()) {
        steps.remove(step);
        tell(step.name());
        step.what().run();
      }
    }
    return steps.isEmpty() && cluster.works();
  }

  /** A node that finds no database when it starts ends, and is started again. */
  private void supervise() {
    for (int place = 0; place < Cluster.PLACES; place++) {
      Node node = cluster.at(place);
      if (!node.isAlive() && !isFallen(place)) {
        if (node.hasWorked()) {
          throw new AssertionError(node + " ended by itself with " + node.exitCode());
        }
        tell("start " + place + " again");
        cluster.start(place, node.name());
      }
    }
  }

  private void tell(String what) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    story.add("%d s, %d creates: %s".formatted(seconds, episode.api.creates(), what));
  }

  /** How often what has befallen them, without which of them. */
  void count(Map<String, Integer> events) {
    story.forEach(line -> events.merge(line.replaceAll("^.*: | -?\\d.*", ""), 1, Integer::sum));
  }

  List<String> left() {
    return steps.stream().map(Step::name).toList();
  }

  List<String> story() {
    return story;
  }

  private void kill(int place) {
    Fallen killed = fallen(place);
    killed.node.kill();
    killed.look(episode.books);
    replace(place);
  }

  private Fallen fallen(int place) {
    Node node = cluster.at(place);
    Fallen fallen = new Fallen(node, episode.books.epochOf(node.process()));
    episode.fallen.add(fallen);
    return fallen;
  }

  /** Another takes its place, under its name or a new one. */
  private void replace(int place) {
    cluster.start(place, random.nextBoolean() ? cluster.at(place).name() : "node-" + named++);
  }

  private void freeze(int place) {
    Fallen frozen = fallen(place);
    frozen.node.freeze();
    long[] over = new long[1];
    // At the end of its lease, or some time after that.
    long rest = TimeUnit.MILLISECONDS.toNanos(random.nextInt(3) * random.nextInt(2_000));
    when(
        "wake " + place,
        () -> {
          if (over[0] == 0 && !database.isAway() && episode.books.isLeaseOver(frozen.epoch)) {
            over[0] = System.nanoTime();
          }
          return over[0] != 0 && !database.isAway() && System.nanoTime() - over[0] >= rest;
        },
        () -> wake(place, frozen));
  }

  private void wake(int place, Fallen frozen) {
    frozen.wokenNanos = System.nanoTime();
    frozen.node.wake();
    when("replace " + place, () -> !frozen.node.isAlive(), () -> replaceWoken(place, frozen.node));
  }

  private void replaceWoken(int place, Node node) {
    if (node.exitCode() != HELD_UP) {
      throw new AssertionError(node + " was frozen, and ended with " + node.exitCode());
    }
    replace(place);
  }

  /** The database is away for a moment, as when it is updated or its power fails. */
  private void stop(String mode) {
    database.stop(mode);
    long stopped = System.nanoTime();
    long rest = TimeUnit.MILLISECONDS.toNanos(random.nextInt(5_000));
    when("start the database", () -> System.nanoTime() - stopped >= rest, () -> database.start());
  }

  private void roll(int place) {
    if (isFallen(place) || !cluster.at(place).works()) {
      // Its turn comes once another is in its place, or it has begun.
      when(
          "roll " + place,
          () -> !database.isAway() && !isFallen(place) && cluster.at(place).works(),
          () -> roll(place));
      return;
    }
    inOrder(cluster.at(place));
    replace(place);
  }

  private boolean isFallen(int place) {
    return episode.fallen.stream().anyMatch(it -> it.node == cluster.at(place));
  }

  private static void inOrder(Node node) {
    int code = node.terminate();
    if (!IN_ORDER.contains(code)) {
      throw new AssertionError(node + " ended with " + code);
    }
  }

  /** All leave, and nothing is left open. */
  void leave() {
    for (int place = 0; place < Cluster.PLACES; place++) {
      inOrder(cluster.at(place));
    }
    tell("all have left");
  }
}
