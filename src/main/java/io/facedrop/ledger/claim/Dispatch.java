package io.facedrop.ledger.claim;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.Transitions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes transitions in and hands rows out, for all workers that wait in one go. */
public final class Dispatch {
  private final Writer writer;
  private final Claims claims;
  private final Transitions transitions;
  private final OpenTasks openTasks;
  private final Agenda agenda;
  private final WorkSignal settled;
  private final Clock clock;
  private final Writer.JointWork<Ask, Step> steps = this::steps;

  /** What one worker brings, if anything, and what it would take. */
  private record Ask(Transition transition, Wanted wanted) {}

  public Dispatch(
      Writer writer,
      Claims claims,
      Transitions transitions,
      OpenTasks openTasks,
      Agenda agenda,
      WorkSignal settled,
      Clock clock) {
    this.writer = writer;
    this.claims = claims;
    this.transitions = transitions;
    this.openTasks = openTasks;
    this.agenda = agenda;
    this.settled = settled;
    this.clock = clock;
  }

  /** Settles one row if there is one, and claims the next if one is wanted, in one commit. */
  public void settleAndClaim(
      Transition transition, Supplier<Wanted> wants, Consumer<Supplier<ClaimedRow>> whenDone) {
    // Read before it is known what is wanted, or what changes in between would go unnoticed.
    long before = agenda.signal().count();
    Wanted wanted = wants.get();
    if (transition == null && !wanted.isAnything()) {
      whenDone.accept(() -> null);
      return;
    }
    writer.submit(
        steps,
        new Ask(transition, wanted),
        (step, failure) ->
            whenDone.accept(
                () -> {
                  if (failure != null) {
                    throw failure;
                  }
                  return concluded(furthered(step, wanted), wanted, before);
                }));
  }

  private ClaimedRow concluded(Step step, Wanted wanted, long before) {
    if (wanted.isAnything() && step.claimed() == null) {
      agenda.nothingUntil(step.nextDue(), before);
    }
    if (step.settled() != null) {
      tell(step.settled(), step.room());
    }
    return step.claimed();
  }

  /**
   * What one commit of {@link #settleAndClaim} came to.
   *
   * @param room whether something can be submitted again that there were too many open tasks for
   * @param unfinished whether there may be more to claim that was not looked at yet
   */
  private record Step(
      Transition settled, boolean room, ClaimedRow claimed, long nextDue, boolean unfinished) {

    Step after(Step before) {
      return new Step(before.settled, before.room, claimed, nextDue, unfinished);
    }
  }

  /** Settles everything first, so that what is claimed goes by all that is known. */
  private List<Step> steps(List<Ask> asks) throws SQLException {
    long now = clock.millis();
    List<Transition> brought = asks.stream().map(Ask::transition).filter(Objects::nonNull).toList();
    Iterator<Transition> settled = transitions.settle(brought, now).iterator();
    List<Transition> done = new ArrayList<>(asks.size());
    boolean[] room = new boolean[asks.size()];
    for (Ask ask : asks) {
      Transition own = ask.transition() == null ? null : settled.next();
      room[done.size()] = own != null && openTasks.settled(own);
      done.add(own);
    }
    if (done.stream().anyMatch(own -> own != null && own.isDue(now))) {
      claims.lookAgain();
    }
    if (claims.isSooner(now)) {
      agenda.add(0);
    }
    List<ClaimedRow> claimed = claims.take(now, asks.stream().map(Ask::wanted).toList());
    List<Step> steps = new ArrayList<>(asks.size());
    for (int i = 0; i < asks.size(); i++) {
      steps.add(step(done.get(i), room[i], claimed.get(i), asks.get(i).wanted()));
    }
    return steps;
  }

  private Step step(Transition done, boolean room, ClaimedRow claimed, Wanted wanted)
      throws SQLException {
    boolean unfinished = claimed == null && claims.isUnfinished();
    long nextDue = claimed == null && !unfinished ? claims.nextDue(wanted, clock.millis()) : 0;
    return new Step(done, room, claimed, nextDue, unfinished);
  }

  /** Passes by rows that are not to be claimed, some at a time, so that others can write too. */
  private Step furthered(Step first, Wanted wanted) {
    Step step = first;
    try {
      while (step.unfinished()) {
        step = writer.write(() -> steps(List.of(new Ask(null, wanted))).get(0)).after(first);
      }
    } catch (LedgerException e) {
      // What was settled is settled; who wants something will ask again, and hear of it then.
      return first;
    }
    return step;
  }

  private void tell(Transition done, boolean room) {
    if (done.due().at() == null) {
      settled.raise();
    } else {
      agenda.add(claims.when(done.due(), clock.millis()));
    }
    if (room) {
      agenda.add(0);
    }
  }
}
