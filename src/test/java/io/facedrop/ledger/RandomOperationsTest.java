package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Detection;
import io.facedrop.api.gate.Backoff;
import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomOperationsTest {
  private static final int MOST_OPEN = 40;
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  /** So short that some are timed out. */
  private static final ListedAges POLLS =
      new ListedAges(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)),
          Duration.ofSeconds(4),
          Duration.ofSeconds(15));

  @TempDir Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final SettableClock clock = new SettableClock(LedgerBench.START);
  private final List<ClaimedRow> out = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final Set<Long> submitted = new HashSet<>();
  private final int holdAfter = List.of(0, 4, 15, 40).get(random.nextInt(4));
  private long requests;
  private TransitionRules rules;
  private LedgerBench bench;

  /** As many as take a few seconds. */
  int steps() {
    return 4000;
  }

  @Test
  void everyRowIsASuccessADeadLetterOrOpenWhateverHappens() {
    rules =
        new TransitionRules(
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(9)),
            random.nextBoolean(),
            POLLS);
    bench = LedgerBench.holding(directory, clock, holdAfter);
    try {
      for (int step = 0; step < steps(); step++) {
        step();
        if (step % 500 == 0) {
          audit("step " + step);
        }
      }
      end();
    } finally {
      bench.close();
    }
  }

  private void step() {
    int dice = random.nextInt(1000);
    if (dice < 5) {
      accept();
    } else if (dice < 8) {
      discard();
    } else if (dice < 10 && !batches.isEmpty()) {
      bench.ledger.orders().cancel(any());
    } else if (dice < 13) {
      die();
    } else if (dice < 16) {
      bench.ledger.work().settleUnproven();
    } else if (dice < 19) {
      bench.ledger.work().reopenUnproven();
    } else if (dice < 22 && !batches.isEmpty()) {
      die();
      // As every process does before it claims anything.
      bench.ledger.work().workOn(random.nextBoolean() ? null : List.of(any()));
    } else if (dice < 25 && !batches.isEmpty()) {
      release(any());
    } else if (dice < 33 && !batches.isEmpty()) {
      dropAgain();
    } else if (dice < 48) {
      publish();
    } else if (dice < 73) {
      bench.ledger.housekeeping().shareSome();
    } else if (dice < 113) {
      clock.forward(Duration.ofSeconds(random.nextInt(5)));
    } else {
      work();
    }
  }

  private void work() {
    Transition transition = null;
    if (!out.isEmpty() && random.nextInt(10) < 7) {
      ClaimedRow claimed = out.remove(random.nextInt(out.size()));
      Outcome outcome = outcome(claimed);
      long sentAt = clock.millis() - random.nextInt(3000);
      transition = rules.transition(claimed, outcome, random.nextBoolean(), sentAt, clock.millis());
      assertThat(claimed.task() != null && transition.isStillToSend())
          .as("seed %s: a task is created again", seed)
          .isFalse();
    }
    count(transition);
    claim(transition, out.size() < 16 ? wanted() : Wanted.NOTHING);
  }

  private void count(Transition transition) {
    if (transition != null) {
      requests += transition.sent();
      if (transition.task() != null) {
        submitted.add(transition.row());
      }
    }
  }

  private void claim(Transition transition, Wanted wanted) {
    ClaimedRow claimed = bench.ledger.work().settleAndClaim(transition, () -> wanted);
    if (claimed != null) {
      out.add(claimed);
      assertThat(claimed.kind() == RequestKind.CREATE ? wanted.isCreate() : wanted.isQuery())
          .as("seed %s: %s was wanted", seed, claimed)
          .isTrue();
    }
    if (claimed != null && claimed.kind() == RequestKind.CREATE) {
      assertThat(bench.now(claimed.batch()).held()).as("seed %s: of what is held", seed).isFalse();
      assertThat(submitted).as("seed %s: what has a task", seed).doesNotContain(claimed.id());
      assertThat(openTasks()).as("seed %s", seed).isLessThanOrEqualTo(MOST_OPEN);
    }
    if (claimed == null && wanted.isCreate() && bench.see(PENDING) != null) {
      assertThat(openTasks()).as("seed %s", seed).isGreaterThanOrEqualTo(MOST_OPEN);
    }
  }

  private Wanted wanted() {
    int dice = random.nextInt(10);
    return new Wanted(
        dice == 0 ? Set.of() : Wanted.EVERY_STAGE,
        dice == 1 ? Set.of() : Wanted.EVERY_STAGE,
        List.of(
                Optional.<RequestKind>empty(),
                Optional.of(RequestKind.CREATE),
                Optional.of(RequestKind.QUERY))
            .get(random.nextInt(3))
            .orElse(null),
        Wanted.Choice.values()[random.nextInt(10) == 0 ? random.nextInt(3) : 0],
        MOST_OPEN);
  }

  private int openTasks() {
    return (Integer) bench.see(OPEN_TASKS);
  }

  private Outcome outcome(ClaimedRow claimed) {
    Outcome.Kind usual =
        claimed.kind() == RequestKind.CREATE ? Outcome.Kind.SUBMITTED : Outcome.Kind.RUNNING;
    Outcome.Kind kind = random.nextInt(3) > 0 ? usual : KINDS[random.nextInt(KINDS.length)];
    Outcome outcome = LedgerBench.outcome(kind);
    return new Outcome(
        kind,
        outcome.reason(),
        outcome.code(),
        outcome.httpStatus(),
        outcome.message(),
        kind == Outcome.Kind.SUBMITTED ? "task-" + claimed.id() : outcome.detectTaskId(),
        claimed.kind() == RequestKind.QUERY && kind == Outcome.Kind.SUCCEEDED
            ? new Detection("m" + claimed.id(), 1, "[{}]")
            : null,
        outcome.retryAfter());
  }

  /** Drops a row again that bears a task, as its output file has it. */
  private void dropAgain() {
    String settled = (String) bench.see(SETTLED_WITH_TASK);
    if (settled == null) {
      return;
    }
    String[] task = settled.split(" ");
    long number = bench.begin("again.csv", random.nextBoolean());
    bench
        .ledger
        .acceptance()
        .add(number, new RowGroup(0, List.of(new Row(2, task[1], "", "", null, task[0]))));
    batches.add(bench.ledger.acceptance().accept(number, LedgerBench.SHA256));
    boolean ended = bench.see(ENDED.formatted(task[0], task[1])) != null;
    if (!ended) {
      assertThat(bench.state(batches.get(batches.size() - 1), 0))
          .as("seed %s: %s", seed, settled)
          .isEqualTo("submitted");
      submitted.add(RowId.of(number, 0));
    } else {
      assertThat(bench.see("select 1 from progress where id = " + RowId.of(number, 0)))
          .as("seed %s: what has ended, %s, is asked for no more", seed, settled)
          .isNull();
    }
  }

  private void release(Batch batch) {
    boolean wasHeld = bench.now(batch).held();
    assertThat(bench.ledger.orders().release(batch)).as("seed %s", seed).isEqualTo(wasHeld);
  }

  private void audit(String occasion) {
    bench.audit("seed " + seed + ", " + occasion);
    if (holdAfter > 0) {
      bench.auditTrials(holdAfter, "seed " + seed + ", " + occasion);
    }
    assertThat(bench.see("select coalesce(sum(requests), 0) from batch"))
        .as("seed %s, %s: requests that were sent", seed, occasion)
        .isEqualTo((int) requests);
  }

  private static final String PENDING =
      """
      select 1
        from batch
       where state = 'open'
         and parked = 0
         and held = 0
         and cancelled_at is null
         and next_position < rows
      """;

  private static final String OPEN_TASKS =
      """
      select (select count(*)
                from progress p
                join batch b on b.number = p.id >> 32
               where p.state = 'submitted'
                 and b.state = 'open')
           + (select count(*)
                from claim c
               where c.row_id not in (select id from progress where state = 'submitted'))
      """;

  private static final String SETTLED_WITH_TASK =
      """
      select p.detect_task_id || ' ' || m.image_url
        from progress p
        join manifest_row m on m.id = p.id
       where p.state in ('dead', 'succeeded')
         and p.detect_task_id is not null
       order by random()
       limit 1
      """;

  /** Of a task of a row, whether any row has seen its end. */
  private static final String ENDED =
      """
      select 1
        from progress p
        join manifest_row m on m.id = p.id
       where p.detect_task_id = '%s'
         and m.image_url = '%s'
         and (p.detect_id is not null or p.reason in ('DETECTION_FAILED', 'GENERATION_FAILED'))
      """;

  private void accept() {
    batches.add(random.nextBoolean() ? bench.sharing(urls()) : bench.batch("cats.csv", urls()));
  }

  private void discard() {
    long loading = bench.loading("no.csv", urls(), true);
    if (random.nextBoolean()) {
      bench.ledger.acceptance().follow(loading);
    }
    bench.ledger.acceptance().discard(loading);
  }

  private List<String> urls() {
    int distinct = 1 + random.nextInt(600);
    return IntStream.range(0, random.nextInt(300))
        .mapToObj(row -> random.nextInt(20) == 0 ? "no URL" : LedgerBench.url(row % distinct))
        .toList();
  }

  private Batch any() {
    return batches.get(random.nextInt(batches.size()));
  }

  private void die() {
    bench.close();
    bench = LedgerBench.holding(directory, clock, holdAfter);
    long inDoubt = out.stream().filter(claimed -> claimed.kind() == RequestKind.CREATE).count();
    assertThat(bench.ledger.work().recover(rules)).as("seed %s", seed).isEqualTo((int) inDoubt);
    requests += out.size();
    out.clear();
  }

  private void publish() {
    bench
        .ledger
        .publishing()
        .partsToPublish(clock.instant().minusSeconds(random.nextInt(20)))
        .forEach(part -> bench.ledger.publishing().published(part, "file", "out", "00"));
    bench.ledger.settledBatches().stream()
        .filter(
            batch ->
                bench.ledger.of(batch).parts().stream()
                    .allMatch(part -> part.publishedAt() != null))
        .forEach(bench.ledger.publishing()::completed);
  }

  private void end() {
    die();
    bench.ledger.work().workOn(null);
    batches.forEach(this::release);
    for (int i = 0; i < 100 && !bench.ledger.openBatches().isEmpty(); i++) {
      bench.succeedAll();
      bench.ledger.housekeeping().shareResults();
      batches.forEach(this::release);
      clock.forward(Duration.ofSeconds(10));
      publish();
    }
    assertThat(bench.ledger.openBatches()).as("seed %s", seed).isEmpty();
    for (Batch batch : batches) {
      Batch end = bench.now(batch);
      assertThat(end.succeeded() + end.dead()).as("seed %s", seed).isEqualTo(batch.rows());
    }
    bench.audit("seed " + seed + ", at the end");
  }
}
