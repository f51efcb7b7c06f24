package io.facedrop.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One ledger's life through a number of kills, until every manifest is through. */
final class Episode {
  static final int CONCURRENCY = 8;
  static final String KEY = "canary-5b1f9e77d2";

  /** All rows succeeded, or there are dead letters. */
  private static final Set<Integer> THROUGH = Set.of(0, 3);

  private static final String WATCHING = " watching ";

  private static final int ROWS = 80;

  /** Rows in a hundred that bear a URL again, where they share its request. */
  private static final int REPEATS = 20;

  private static final Duration LAST_LIFE = Duration.ofSeconds(120);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LEAVE_TO_WORK = Duration.ofSeconds(20);

  private final Path folder;
  private final Manner manner;
  private final StandIn standIn;
  private final Figures figures;
  private final Drops drops;
  private final Map<String, Map<Long, Integer>> inFlight = new HashMap<>();
  private final Map<String, Map<Long, Integer>> inDoubt = new HashMap<>();
  private final List<Instant> starts = new ArrayList<>();

  /**
   * How the program is used in an episode.
   *
   * @param run by {@code run}, which is given all manifests so far; else {@code serve}
   * @param resubmit what is in doubt is sent again
   * @param share rows of one URL share one request
   */
  record Manner(boolean run, boolean resubmit, boolean share) {}

  Episode(Path folder, Manner manner, long seed, StandIn standIn, Figures figures) {
    this.folder = folder;
    this.manner = manner;
    this.standIn = standIn;
    this.figures = figures;
    this.drops =
        new Drops(
            folder.getFileName().toString(),
            folder.resolve(manner.run() ? "manifests" : "data/inbox"),
            ROWS,
            manner.share() ? REPEATS : 0,
            new Random(seed));
  }

  /** Lives through the kills, and one life more without any; then everything is looked at. */
  void run(List<Kill> kills) {
    try (Observer observer =
        new Observer(folder.resolve("data/success"), folder.resolve("data/dead-letter"))) {
      kills.forEach(this::live);
      lastLife();
      observer.sawOnlyWholeFiles();
    }
    List<StandIn.Request> requests = standIn.requests();
    new Audit(this, figures, requests).audit();
    timeToFirstRequest(requests);
  }

  private void live(Kill kill) {
    drops.next();
    long before = standIn.journalled();
    try (Program program = start(kill)) {
      if (kill.working()) {
        await()
            .atMost(LEAVE_TO_WORK)
            .pollInterval(LOOK)
            .until(() -> !program.isAlive() || standIn.journalled() > before);
      }
      boolean reached = program.await(kill.point() == null ? kill.after() : LEAVE_TO_WORK) != null;
      if (!program.isAlive()) {
        endedBefore(kill, program.exitCode());
        return;
      }
      program.kill();
      List<LedgerCopy.InFlight> left = leftInFlight();
      figures.killed(kill.point(), reached, doubtful(left));
      left.forEach(this::remember);
    }
  }

  /** A run may be through before it could be killed; serve never is. */
  private void endedBefore(Kill kill, int exitCode) {
    if (manner.run() && THROUGH.contains(exitCode)) {
      figures.escaped(kill.point());
    } else {
      figures.needingHelp++;
      figures.fault("ended with %d, to be killed %s; see %s", exitCode, kill, folder);
    }
  }

  private Program start(Kill kill) {
    starts.add(Instant.now());
    return Program.start(
        folder,
        kill,
        Map.of("CRUN_API_KEY", KEY),
        line -> line.contains(kill == null ? WATCHING : CrashPoint.REACHED),
        Stream.concat(command(), settings()).toList());
  }

  private Stream<String> command() {
    return manner.run()
        ? Stream.concat(Stream.of("run"), drops.files().stream().map(Path::toString))
        : Stream.of("serve");
  }

  private Stream<String> settings() {
    return Map.ofEntries(
            Map.entry("facedrop.api.base-url", standIn.address()),
            Map.entry("facedrop.api.rate", "150/s"),
            Map.entry("facedrop.api.concurrency", String.valueOf(CONCURRENCY)),
            Map.entry("facedrop.faces.poll-ages", pollAges()),
            Map.entry("facedrop.faces.poll-interval", "500ms"),
            Map.entry("facedrop.faces.open-tasks", "60"),
            Map.entry("facedrop.retry.initial-delay", "100ms"),
            Map.entry("facedrop.retry.max-delay", "1s"),
            Map.entry("facedrop.publish.interval", "400ms"),
            Map.entry("facedrop.console.port", "off"),
            Map.entry("facedrop.inbox.done-file", "${file:name}.done"),
            Map.entry("facedrop.duplicate-urls", manner.share() ? "share" : "each"),
            Map.entry("facedrop.in-doubt", manner.resubmit() ? "resubmit" : "dead-letter"))
        .entrySet()
        .stream()
        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue());
  }

  /** Half of the manners learn when to query. */
  private String pollAges() {
    return manner.resubmit() == manner.share() ? "auto" : "200ms,400ms";
  }

  private List<LedgerCopy.InFlight> leftInFlight() {
    return Files.exists(ledger()) ? LedgerCopy.of(ledger(), folder).inFlight() : List.of();
  }

  private static int doubtful(List<LedgerCopy.InFlight> rows) {
    int count = (int) rows.stream().filter(row -> !row.hasTask()).count();
    assertThat(count).as("rows in doubt after one kill").isLessThanOrEqualTo(CONCURRENCY);
    return count;
  }

  private void remember(LedgerCopy.InFlight row) {
    inFlight.computeIfAbsent(row.stem(), s -> new HashMap<>()).merge(row.line(), 1, Integer::sum);
    if (!row.hasTask()) {
      inDoubt.computeIfAbsent(row.stem(), s -> new HashMap<>()).merge(row.line(), 1, Integer::sum);
    }
  }

  private void lastLife() {
    try (Program program = start(null)) {
      if (!manner.run()) {
        // The life before may have left nothing to do; what is asked to end must have begun.
        program.await(LEAVE_TO_WORK);
      }
      await()
          .atMost(LAST_LIFE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !program.isAlive() || isThrough());
      int exitCode = manner.run() || !program.isAlive() ? program.exitCode() : program.terminate();
      if (!THROUGH.contains(exitCode) || reports().size() != drops.urls().size()) {
        figures.needingHelp++;
        figures.fault("the last life ended with %d; see %s", exitCode, folder);
      }
    }
  }

  /** The report says that a batch is complete a moment before the ledger and the inbox do. */
  private boolean isThrough() {
    return !manner.run()
        && reports().size() == drops.urls().size()
        && Tree.files(folder.resolve("data/inbox")).isEmpty();
  }

  private List<Path> reports() {
    return Tree.files(folder.resolve("data/report")).stream()
        .filter(file -> file.toString().endsWith(".report.json"))
        .toList();
  }

  private void timeToFirstRequest(List<StandIn.Request> requests) {
    for (int i = 0; i < starts.size(); i++) {
      Instant start = starts.get(i);
      Instant end = i + 1 < starts.size() ? starts.get(i + 1) : Instant.MAX;
      requests.stream()
          .map(StandIn.Request::at)
          .filter(at -> at.isAfter(start) && at.isBefore(end))
          .findFirst()
          .ifPresent(at -> figures.firstRequestMillis.add(Duration.between(start, at).toMillis()));
    }
  }

  Path folder() {
    return folder;
  }

  Path ledger() {
    return folder.resolve("data/ledger.db");
  }

  boolean resubmits() {
    return manner.resubmit();
  }

  boolean isRun() {
    return manner.run();
  }

  Drops drops() {
    return drops;
  }

  /** How often a row was in flight when the program was killed. */
  int timesInFlight(String stem, long line) {
    return inFlight.getOrDefault(stem, Map.of()).getOrDefault(line, 0);
  }

  /** How often its POST was in flight when the program was killed. */
  int timesInDoubt(String stem, long line) {
    return inDoubt.getOrDefault(stem, Map.of()).getOrDefault(line, 0);
  }
}
