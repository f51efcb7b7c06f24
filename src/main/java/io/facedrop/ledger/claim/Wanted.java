package io.facedrop.ledger.claim;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a worker would claim.
 *
 * @param creates stages whose rows are claimed for a create
 * @param queries stages whose rows are claimed for a query
 * @param first the kind that goes first; null for the row that has been due longest
 * @param choice which rows of one kind go first
 * @param mostOpenTasks number of open tasks from which on no row is claimed for a create
 */
public record Wanted(
    Set<Stage> creates, Set<Stage> queries, RequestKind first, Choice choice, long mostOpenTasks) {

  /** Which rows go first. */
  public enum Choice {
    /** What is due, and new ones in turn. */
    ANY,
    /** One that has not failed yet, if there is any. */
    FRESH,
    /**
     * The same, but not the next in turn: rows beside each other that always fail would else look
     * like an outage for as long as there are some.
     */
    ELSEWHERE
  }

  public static final Set<Stage> EVERY_STAGE = Set.copyOf(EnumSet.allOf(Stage.class));

  /** Nothing. */
  public static final Wanted NOTHING = new Wanted(Set.of(), Set.of(), null, Choice.ANY, 0);

  /** The most urgent row of any kind. */
  public static final Wanted ANYTHING =
      new Wanted(EVERY_STAGE, EVERY_STAGE, null, Choice.ANY, Long.MAX_VALUE);

  public boolean isAnything() {
    return isCreate() || isQuery();
  }

  public boolean isCreate() {
    return !creates.isEmpty();
  }

  public boolean isQuery() {
    return !queries.isEmpty();
  }

  /** Whether rows are wanted that were never sent: they are at the first stage. */
  public boolean isBeginning() {
    return creates.contains(Stage.first());
  }

  /** The same, whichever goes first. */
  public Wanted inTurn() {
    return new Wanted(creates, queries, first, Choice.ANY, mostOpenTasks);
  }

  public boolean isOfFresh() {
    return choice != Choice.ANY;
  }
}
