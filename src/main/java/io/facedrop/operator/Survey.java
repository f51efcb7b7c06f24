package io.facedrop.operator;

import io.facedrop.config.Settings;
import io.facedrop.intake.Awaited;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.ledger.view.Throughput;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how it stands; the same for the terminal and for the page. */
public final class Survey {
  private static final Logger LOG = LoggerFactory.getLogger(Survey.class);
  private static final Duration NODES_TOLD = Duration.ofHours(1);
  private static final Duration REJECTED_TOLD = Duration.ofDays(1);
  private static final int MOST_REJECTED = 5;

  private final Settings settings;
  private final LedgerReader ledger;
  private final Clock clock;
  private final Optional<Path> ledgerFile;

  /**
   * @param ledgerFile where the ledger lies; empty when that is not on this machine
   */
  public Survey(Settings settings, LedgerReader ledger, Clock clock, Optional<Path> ledgerFile) {
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    this.ledgerFile = ledgerFile;
  }

  /**
   * Looks.
   *
   * @param worker the process that works on the ledger, in words; null when none does
   * @param most so many of the newest batches, besides those that are open
   */
  public Overview overview(String worker, int most) {
    Instant now = clock.instant();
    GateView gate = gate(now);
    List<Batch> open = ledger.openBatches();
    List<Link> links = ledger.links();
    List<Link> outputs = links.stream().filter(Link::isOutput).toList();
    List<Link> sftp =
        links.stream()
            .filter(link -> worker != null && link.place().equals(settings.sftp().uri()))
            .toList();
    String place = Link.inbox(settings.inbox().directory(), 0);
    List<Link> inbox = links.stream().filter(link -> worker != null && link.isAt(place)).toList();
    List<Batch> told = told(open, most);
    Map<Long, Long> awaited = ledger.openTasks();
    List<String> disks = Room.warnings(settings, ledgerFile);
    boolean goesOn = worker != null && isGoing(open, links, disks, now);
    List<BatchProgress> batches =
        told.stream()
            .map(
                batch ->
                    progress(batch, awaited.getOrDefault(batch.number(), 0L), goesOn, gate, now))
            .map(progress -> worker == null ? progress.still() : progress)
            .toList();
    return new Overview(
        now,
        worker,
        gate,
        batches,
        outputs,
        sftp,
        ledger.nodes(now.minus(NODES_TOLD)),
        new RejectedLately(ledger.rejectedSince(now.minus(REJECTED_TOLD), MOST_REJECTED)),
        problems(worker, gate, open, told, outputs, sftp, inbox, disks),
        worker == null ? "" : standstill(batches, gate, stopped(links, disks), now));
  }

  /**
   * How far one batch is.
   *
   * @param worker as above
   */
  public BatchProgress progress(Batch batch, String worker) {
    Instant now = clock.instant();
    long awaiting = batch.complete() ? 0 : ledger.of(batch).openTasks();
    List<String> disks = Room.warnings(settings, ledgerFile);
    boolean goesOn = worker != null && isGoing(List.of(batch), ledger.links(), disks, now);
    BatchProgress progress = progress(batch, awaiting, goesOn, gate(now), now);
    return worker == null ? progress.still() : progress;
  }

  private List<Problem> problems(
      String worker,
      GateView gate,
      List<Batch> open,
      List<Batch> told,
      List<Link> outputs,
      List<Link> sftp,
      List<Link> inbox,
      List<String> disks) {
    Problems problems = new Problems();
    problems.worker(worker, open);
    problems.redrops(worker == null ? redrops() : List.of());
    problems.gate(gate);
    problems.batches(open);
    problems.outputs(outputs);
    problems.sftp(sftp);
    problems.expected(ledger.expected(settings.expectations(), clock.instant()));
    problems.inbox(inbox);
    problems.waiting(new Awaited(settings.inbox()).forLong(clock.instant()));
    problems.manifests(settings.inbox().directory(), ledgerFile.isPresent() ? told : List.of());
    problems.disks(disks);
    return problems.found();
  }

  private List<Redrop.Waiting> redrops() {
    try {
      return new Redrop(ledger, settings.inbox().directory()).waiting();
    } catch (IOException unreadable) {
      LOG.debug("the working folder cannot be looked through", unreadable);
      return List.of();
    }
  }

  /** The newest first. */
  private List<Batch> told(List<Batch> open, int most) {
    List<Batch> newest = ledger.newestBatches(most);
    long oldest = newest.isEmpty() ? Long.MAX_VALUE : newest.get(newest.size() - 1).number();
    return Stream.concat(
            newest.stream(),
            open.stream()
                .filter(batch -> batch.number() < oldest)
                .sorted((one, other) -> Long.compare(other.number(), one.number())))
        .toList();
  }

  /** The one in use, whatever key or address this process was given. */
  private GateView gate(Instant now) {
    return ledger.gateInUse(now).map(gate -> GateView.of(gate, now)).orElse(GateView.OPEN);
  }

  /**
   * Whether it can be told when batches end: not in an outage, nor where something is full, nor
   * before anything could be sent.
   */
  private boolean isGoing(List<Batch> open, List<Link> links, List<String> disks, Instant now) {
    return stopped(links, disks).isEmpty()
        && !areUnreached(open)
        && ledger.gateInUse(now).filter(state -> !state.outages().isEmpty()).isEmpty();
  }

  /** Why rows are not submitted, or will not be for long; empty when they are. */
  private static String stopped(List<Link> links, List<String> disks) {
    return links.stream()
        .filter(Link::isSubmission)
        .map(Link::trouble)
        .filter(trouble -> !trouble.isEmpty())
        .findFirst()
        .orElse(disks.isEmpty() ? "" : "a disk is nearly full");
  }

  private BatchProgress progress(
      Batch batch, long awaiting, boolean goesOn, GateView gate, Instant now) {
    Throughput throughput = ledger.of(batch).throughput(now);
    String state = state(batch);
    boolean ends = goesOn && "open".equals(state) && !gate.isHalted() && batch.open() > 0;
    return new BatchProgress(
        batch,
        state,
        awaiting,
        throughput.credits(),
        batch.complete() ? 0 : throughput.rowsPerSecond(),
        ends ? eta(batch, awaiting, throughput, gate, now) : null);
  }

  /** Whether rows were tried already, and none could be sent. */
  private boolean areUnreached(List<Batch> open) {
    return open.stream().allMatch(batch -> batch.requests() == 0)
        && ledger.nextAttempt().isPresent();
  }

  private Instant eta(
      Batch batch, long awaiting, Throughput throughput, GateView gate, Instant now) {
    Instant from = gate.until() == null || gate.until().isBefore(now) ? now : gate.until();
    TaskTimes known = ledger.taskTimes();
    return new Outlook(settings.forecast(known.queriesPerTask(), known.likely()))
        .left(batch.open() - awaiting, awaiting, speed(throughput))
        .map(left -> from.plus(left).truncatedTo(ChronoUnit.SECONDS))
        .orElse(null);
  }

  private static Speed speed(Throughput throughput) {
    return new Speed(throughput.rowsPerSecond(), throughput.lead(), throughput.openShare());
  }

  private static String state(Batch batch) {
    if (batch.complete()) {
      return batch.cancelledAt() == null ? "complete" : "cancelled";
    }
    if (batch.cancelledAt() != null) {
      return "ending";
    }
    if (batch.held()) {
      return "held";
    }
    return batch.api().elsewhere() ? "elsewhere" : "open";
  }

  private String standstill(
      List<BatchProgress> batches, GateView gate, String stopped, Instant now) {
    List<BatchProgress> open = batches.stream().filter(batch -> !batch.batch().complete()).toList();
    if (open.stream().mapToLong(batch -> batch.batch().open()).sum() == 0
        || open.stream().anyMatch(batch -> batch.rate() > 0)) {
      return "";
    }
    if (!gate.isOpen()) {
      return "the gate is " + gate.state();
    }
    if (!stopped.isEmpty()) {
      return stopped;
    }
    if (open.stream().noneMatch(batch -> "open".equals(batch.state()))) {
      return "every open batch is held, ends, or is of another address";
    }
    long awaiting = open.stream().mapToLong(BatchProgress::awaiting).sum();
    if (awaiting > 0) {
      return Count.of(awaiting, "task", "is", "are")
          + " awaited, and none has ended within the last minute";
    }
    return ledger
        .nextAttempt()
        .filter(next -> next.isAfter(now))
        .map(next -> "rows wait for their next attempt, the first at " + next)
        .orElse("requests are on their way, or the batches were accepted just now");
  }
}
