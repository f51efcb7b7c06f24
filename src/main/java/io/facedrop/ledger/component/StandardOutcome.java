package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Outcome.Kind;
import io.facedrop.ledger.model.Reason;

/**
 * What an answer comes to by itself, where a route has failed behind it or says what it does not
 * bear out. The routes as they are delivered branch alike.
 */
final class StandardOutcome {
  private StandardOutcome() {}

  static Outcome of(Stage stage, RequestKind kind, Answer answer) {
    return kind == RequestKind.CREATE ? ofCreate(stage, answer) : ofQuery(stage, answer);
  }

  private static Outcome ofCreate(Stage stage, Answer answer) {
    if (stage.task(answer) != null) {
      return outcome(Kind.SUBMITTED, null, answer);
    }
    Outcome refusal = refusal(answer);
    return refusal != null ? refusal : outcome(Kind.IN_DOUBT, null, answer);
  }

  private static Outcome ofQuery(Stage stage, Answer answer) {
    if (answer.code() == Answer.OK && stage.hasResult(answer)) {
      return outcome(Kind.SUCCEEDED, null, answer);
    }
    if (answer.code() == Answer.OK && answer.hasFailed()) {
      return outcome(Kind.DEAD_LETTER, Reason.failed(stage), answer);
    }
    if (answer.code() == Answer.OK && answer.isUnfinished()) {
      return outcome(Kind.RUNNING, null, answer);
    }
    Outcome refusal = refusal(answer);
    return refusal != null ? refusal : outcome(Kind.RETRY, Reason.RESULT_UNREADABLE, answer);
  }

  /** By the codes that say that it was not carried out; null for any other. */
  private static Outcome refusal(Answer answer) {
    return switch (answer.code()) {
      case 401, 402, 403, 505 -> outcome(Kind.HALT, null, answer);
      case 404 -> outcome(Kind.NOT_FOUND, null, answer);
      case 422 -> outcome(Kind.DEAD_LETTER, Reason.VALIDATION_ERROR, answer);
      case 429 -> outcome(Kind.REFUSED, null, answer);
      case 455 -> outcome(Kind.MAINTENANCE, null, answer);
      case 500 -> outcome(Kind.RETRY, Reason.SERVER_ERROR, answer);
      case 501 -> outcome(Kind.DEAD_LETTER, Reason.GENERATION_FAILED, answer);
      default -> null;
    };
  }

  /** An outcome with all that the answer says. */
  static Outcome outcome(Kind kind, Reason reason, Answer answer) {
    return new Outcome(
        kind,
        reason,
        answer.bodyCode(),
        answer.httpStatus() == 0 ? null : Integer.valueOf(answer.httpStatus()),
        words(kind, reason, answer),
        answer.detectTaskId(),
        answer.detection(),
        answer.retryAfter());
  }

  /** The API's words; where it had none, or its answer is not what was expected, our own. */
  private static String words(Kind kind, Reason reason, Answer answer) {
    if (kind == Kind.RUNNING) {
      return answer.status() == null ? "" : answer.status();
    }
    if (kind != Kind.IN_DOUBT && reason != Reason.RESULT_UNREADABLE) {
      return answer.message();
    }
    String what = unexpected(kind, answer);
    boolean ok = answer.bodyCode() != null && answer.bodyCode() == Answer.OK;
    return answer.message().isEmpty() || ok ? what : what + ": " + answer.message();
  }

  private static String unexpected(Kind kind, Answer answer) {
    if (answer.bodyCode() == null) {
      return "answered HTTP " + answer.httpStatus() + " without a readable code";
    }
    if (answer.bodyCode() != Answer.OK) {
      return "answered code " + answer.bodyCode() + ", which is not one of the API's";
    }
    return kind == Kind.IN_DOUBT
        ? "answered code 200 without a detect_task_id"
        : "answered code 200 without a status, or without the faces that it speaks of";
  }
}
