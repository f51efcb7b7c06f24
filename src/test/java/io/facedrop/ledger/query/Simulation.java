package io.facedrop.ledger.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.function.BiFunction;

/** Creates and queries on a simulated clock, in the order in which the ledger hands out work. */
final class Simulation {
  private record Answer(long at, long sentAt, SimulatedTask task, boolean isCreate) {}

  private final Scenario scenario;
  private final Random random;
  private final Queue<Answer> onTheirWay = new PriorityQueue<>(Comparator.comparing(Answer::at));
  private final Queue<SimulatedTask> dated =
      new PriorityQueue<>(Comparator.comparingLong(task -> task.dueAt));
  private final ArrayDeque<SimulatedTask> unasked = new ArrayDeque<>();
  private final List<SimulatedTask> known = new ArrayList<>();
  private QueryTimes times;
  private final Map<Integer, BiFunction<QueryTimes, Long, QueryTimes>> restarts = new HashMap<>();
  private int created;
  private int open;
  private long now;
  private long slot;

  Simulation(Scenario scenario, QueryTimes times, long seed) {
    this.scenario = scenario;
    this.times = times;
    this.random = new Random(seed);
  }

  /** After so many rows the process ends and another goes on. */
  Simulation restarting(int rows, BiFunction<QueryTimes, Long, QueryTimes> with) {
    restarts.put(rows, with);
    return this;
  }

  SimulationResult run() {
    while (known.size() < scenario.rows()) {
      now = Math.max(now, slot);
      deliver();
      if (onTheirWay.size() >= scenario.concurrency() || !send()) {
        now = Math.max(now, nextEvent());
      }
    }
    return new SimulationResult(known, times);
  }

  private void deliver() {
    while (!onTheirWay.isEmpty() && onTheirWay.peek().at() <= now) {
      Answer answer = onTheirWay.poll();
      if (answer.isCreate()) {
        submitted(answer);
      } else {
        answered(answer);
      }
    }
  }

  private boolean send() {
    long due = dated.isEmpty() ? Long.MAX_VALUE : dated.peek().dueAt;
    long likely = unaskedAt(times.likely(now / 1_000));
    if (Math.min(due, likely) <= now) {
      query(due <= likely ? dated.poll() : handOut());
    } else if (mayCreate()) {
      create();
    } else if (unaskedAt(times.early(now / 1_000)) <= now) {
      query(handOut());
    } else {
      return false;
    }
    slot = now + scenario.intervalMicros();
    return true;
  }

  private boolean mayCreate() {
    return created < scenario.rows() && open < scenario.mostOpen();
  }

  private long unaskedAt(long age) {
    return unasked.isEmpty() ? Long.MAX_VALUE : unasked.peek().submittedAt + age * 1_000;
  }

  private SimulatedTask handOut() {
    SimulatedTask task = unasked.poll();
    times.handedOut(age(task, now));
    return task;
  }

  private long nextEvent() {
    long next = onTheirWay.isEmpty() ? Long.MAX_VALUE : onTheirWay.peek().at();
    if (onTheirWay.size() < scenario.concurrency()) {
      next = Math.min(next, dated.isEmpty() ? Long.MAX_VALUE : dated.peek().dueAt);
      next = Math.min(next, unaskedAt(times.early(now / 1_000)));
      next = Math.min(next, unaskedAt(times.likely(now / 1_000)));
    }
    return Math.max(next, now + 1);
  }

  private void create() {
    SimulatedTask task = new SimulatedTask(created++);
    open++;
    task.run = scenario.durations().of(task.row, random);
    task.endsAt = now + scenario.latency() * 500 + task.run * 1_000;
    task.unfinishedAt = now;
    onTheirWay.add(new Answer(now + scenario.latency() * 1_000, now, task, true));
  }

  private void submitted(Answer answer) {
    SimulatedTask task = answer.task();
    task.submittedAt = answer.at();
    if (times instanceof Oracle oracle) {
      oracle.prophesy(Math.floorDiv(task.endsAt - task.submittedAt, 1_000) + 1);
    }
    OptionalLong first = times.first(scenario.isSmall(), answer.at() / 1_000);
    if (first.isPresent()) {
      date(task, first.getAsLong());
    } else {
      unasked.add(task);
    }
  }

  private void date(SimulatedTask task, long age) {
    task.dueAt = task.submittedAt + Math.min(age, scenario.deadline()) * 1_000;
    dated.add(task);
  }

  private void query(SimulatedTask task) {
    task.requests++;
    task.firstAge = task.firstAge < 0 ? age(task, now) : task.firstAge;
    onTheirWay.add(new Answer(now + scenario.latency() * 1_000, now, task, false));
  }

  private static long age(SimulatedTask task, long at) {
    return (at - task.submittedAt) / 1_000;
  }

  private void answered(Answer answer) {
    SimulatedTask task = answer.task();
    long age = age(task, answer.sentAt());
    boolean ended = task.endsAt <= answer.sentAt() + scenario.latency() * 500;
    long seconds = (long) (task.run * scenario.reported() / 1_000);
    long run = ended && scenario.reported() > 0 ? seconds * 1_000 : -1;
    times.found(task.unfinishedAge, age, ended, run, answer.at() / 1_000);
    if (ended || age >= scenario.deadline()) {
      finish(task, ended, answer.at());
    } else {
      task.unfinishedAge = Math.max(1, age);
      task.unfinishedAt = answer.sentAt();
      date(task, times.after(age, scenario.isSmall(), answer.at() / 1_000));
    }
  }

  private void finish(SimulatedTask task, boolean ended, long at) {
    task.ended = ended;
    task.knownAt = at;
    known.add(task);
    open--;
    times = restarts.getOrDefault(known.size(), (old, when) -> old).apply(times, now / 1_000);
  }
}
