package io.facedrop.command;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.config.Durations;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.words.Count;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a run: what it prints, and its exit code. */
final class RunEnd {
  private final Work.End reason;
  private final String trouble;
  private final Duration maxWait;

  /**
   * @param trouble what {@link #trouble(Gate, LedgerReader)} said when the work ended
   * @param maxWait longest time that the run waited without any progress
   */
  RunEnd(Work.End reason, String trouble, Duration maxWait) {
    this.reason = reason;
    this.trouble = trouble;
    this.maxWait = maxWait;
  }

  /** What hinders the gate, or else which outputs cannot be written; empty if all is well. */
  static String trouble(Gate gate, LedgerReader ledger) {
    String advice = advice(gate);
    return advice.isEmpty() ? failingOutputs(ledger) : advice;
  }

  private static String advice(Gate gate) {
    GateState state = gate.state();
    if (!state.halted()) {
      return state.pauseCause().isEmpty() ? gate.lastFailure() : state.pauseCause();
    }
    String said = state.halt().message();
    return HaltAdvice.of(state.halt().code())
        + (said.isEmpty() ? "" : " (the API says: " + said + ")");
  }

  /** Which outputs cannot be written, and why; empty when all can. */
  static String failingOutputs(LedgerReader ledger) {
    return ledger.links().stream()
        .filter(Link::isFailingOutput)
        .map(link -> link.place() + " cannot be written, " + link.trouble())
        .collect(Collectors.joining(", "));
  }

  /**
   * Prints what became of the manifests and, if the run stopped early, why.
   *
   * @return the exit code
   */
  int print(Summary summary, LedgerReader ledger, List<Batch> batches, RejectedFiles rejected) {
    batches.forEach(summary::print);
    summary.print(rejected);
    return reason == Work.End.COMPLETE
        ? complete(batches, rejected)
        : stopped(batches, batches.stream().mapToLong(it -> ledger.of(it).unpublished()).sum());
  }

  private static int complete(List<Batch> batches, RejectedFiles rejected) {
    if (!rejected.isEmpty()) {
      return ExitCode.REJECTED;
    }
    return batches.stream().anyMatch(batch -> batch.dead() > 0)
        ? ExitCode.DEAD_LETTERS
        : ExitCode.OK;
  }

  /**
   * @param unpublished rows that have ended and are in no output yet
   */
  private int stopped(List<Batch> batches, long unpublished) {
    String held = held(batches);
    System.err.println();
    System.err.println(
        switch (reason) {
          case HALTED -> "Stopped: " + trouble + ".";
          case HELD -> "Stopped: " + held + ".";
          case BROKEN -> "Stopped: facedrop itself failed, as the log says.";
          case MAX_WAIT ->
              "Stopped: no progress for "
                  + Durations.text(maxWait)
                  + (trouble.isEmpty() ? "" : ", " + trouble)
                  + (held.isEmpty() ? "" : ", " + held)
                  + ".";
          default -> "Stopped by a signal.";
        });
    System.err.println(
        "No row is lost: "
            + (reason == Work.End.HELD ? "then " : "")
            + "the same command goes on where this one stopped"
            + (unpublished == 0
                ? "."
                : ", and writes the "
                    + Count.of(unpublished, "row")
                    + " that ended and are in no output yet."));
    return ExitCode.RESUMABLE;
  }

  /** What is held, and what to do; empty when nothing is. */
  private static String held(List<Batch> batches) {
    return batches.stream()
        .filter(Batch::held)
        .map(Batch::holdNews)
        .collect(Collectors.joining(", "));
  }
}
