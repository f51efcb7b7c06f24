package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.client.AnswerOverdueException;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Outcome.Kind;
import io.facedrop.ledger.model.Reason;
import io.facedrop.words.Cause;

/**
 * What an exchange comes to: what its route noted, as far as what was sent and answered bears it
 * out. A route may be changed, and any step of it may fail; what the HTTP client saw stands.
 *
 * <ul>
 *   <li>What never left stays open, whatever failed.
 *   <li>What left and has no answer is in doubt.
 *   <li>What was answered is never as if it had not left: a task that the answer names is kept, and
 *       a row is sent again only after a code that says that it was not carried out.
 * </ul>
 */
final class Conclusion {
  private final Stage stage;
  private final RequestKind kind;
  private final Outcome noted;
  private final RequestTrail trail;
  private final Throwable failure;

  /**
   * @param stage of the row
   * @param noted by the route; null for nothing
   * @param failure with which the route ended; null for none
   */
  Conclusion(Stage stage, RequestKind kind, Outcome noted, RequestTrail trail, Throwable failure) {
    this.stage = stage;
    this.kind = kind;
    this.noted = noted;
    this.trail = trail;
    this.failure = failure;
  }

  Outcome outcome() {
    Outcome outcome =
        trail.requests() == 0
            ? unsent()
            : trail.answer() == null ? unanswered() : answered(trail.answer());
    return outcome.sending(trail.requests(), trail.isSandbox());
  }

  private Outcome unsent() {
    boolean decided = noted != null && noted.kind() == Kind.DEAD_LETTER;
    // Whatever the route used to send it: it was answered.
    if (decided || noted != null && noted.isAnswered()) {
      return noted;
    }
    Exception obstacle = trail.obstacle();
    if (obstacle != null && obstacle.getCause() instanceof GateClosedException) {
      return Outcome.withoutAnswer(Kind.NOT_SENT, Cause.of(obstacle));
    }
    return Outcome.withoutAnswer(Kind.UNREACHABLE, whyUnsent(obstacle));
  }

  private String whyUnsent(Exception obstacle) {
    if (obstacle != null) {
      return Cause.of(obstacle);
    }
    return failure == null ? "the route sent no request" : Signal.STEP_FAILED + Cause.of(failure);
  }

  private Outcome unanswered() {
    Exception cause = trail.failure();
    String words =
        cause == null
            ? "the route ended before an answer came"
            : cause instanceof AnswerOverdueException
                ? Cause.of(cause)
                : "no whole answer came: " + Cause.of(cause);
    return kind == RequestKind.CREATE
        ? Outcome.withoutAnswer(Kind.IN_DOUBT, words)
        : Outcome.withoutAnswer(Kind.RETRY, words).because(Reason.RESULT_UNREADABLE);
  }

  private Outcome answered(Answer answer) {
    return noted != null && isBorneOut(answer) ? noted : StandardOutcome.of(stage, kind, answer);
  }

  /** Whether the answer allows what the route noted. */
  private boolean isBorneOut(Answer answer) {
    boolean creates = kind == RequestKind.CREATE;
    boolean task = stage.task(answer) != null;
    boolean result = stage.hasResult(answer);
    return switch (noted.kind()) {
      case DEAD_LETTER -> true;
      case SUCCEEDED -> creates ? task : result;
      case SUBMITTED -> creates ? task : !result;
      case RUNNING -> !creates && !result;
      case IN_DOUBT -> !task || !creates;
      case RETRY -> creates ? !task && isRefusal(answer) : !result;
      case NOT_FOUND, REFUSED, MAINTENANCE, HALT -> !(creates && task) && isRefusal(answer);
      case UNREACHABLE, NOT_SENT -> false;
    };
  }

  /** Whether the API says by its code that it did not carry out what was asked. */
  private static boolean isRefusal(Answer answer) {
    return answer.isKnown() && answer.code() != Answer.OK;
  }
}
