package io.facedrop.ledger.component;

import io.facedrop.api.Answer;
import io.facedrop.api.AnswerOverdueException;
import io.facedrop.api.AnswerReader;
import io.facedrop.api.Detection;
import io.facedrop.ledger.Outcome;
import io.facedrop.ledger.Reason;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Notes an outcome on the exchange, with the answer or the failure that led to it. */
final class OutcomeProducer extends DefaultProducer {
  private static final int OK = 200;

  private final LedgerEndpoint endpoint;

  OutcomeProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Answer answer = exchange.getVariable(AnswerReader.ANSWER, Answer.class);
    exchange.setProperty(
        LedgerConstants.OUTCOME, answer == null ? failure(exchange) : answered(exchange, answer));
  }

  private Outcome answered(Exchange exchange, Answer answer) {
    return new Outcome(
        endpoint.getOperation().outcome(),
        endpoint.getReason(),
        answer.bodyCode(),
        answer.httpStatus() == 0 ? null : Integer.valueOf(answer.httpStatus()),
        words(exchange, answer),
        answer.detectTaskId(),
        exchange.getVariable(AnswerReader.DETECTION, Detection.class),
        answer.retryAfter());
  }

  /** The API's words; where it had none, or its answer is not what was expected, our own. */
  private String words(Exchange exchange, Answer answer) {
    boolean unreadable =
        endpoint.getOperation() == Operation.IN_DOUBT
            || endpoint.getReason() == Reason.RESULT_UNREADABLE;
    if (endpoint.getOperation() == Operation.RUNNING) {
      return exchange.getVariable(AnswerReader.STATUS, "", String.class);
    }
    if (!unreadable) {
      return answer.message();
    }
    String what = unexpected(answer);
    boolean wordless = answer.message().isEmpty() || Integer.valueOf(OK).equals(answer.bodyCode());
    return wordless ? what : what + ": " + answer.message();
  }

  private String unexpected(Answer answer) {
    if (answer.bodyCode() == null) {
      return "answered HTTP " + answer.httpStatus() + " without a readable code";
    }
    if (answer.bodyCode() != OK) {
      return "answered code " + answer.bodyCode() + ", which is not one of the API's";
    }
    return endpoint.getOperation() == Operation.IN_DOUBT
        ? "answered code 200 without a detect_task_id"
        : "answered code 200 without a status, or without the faces that it speaks of";
  }

  private String words(Throwable cause) {
    if (cause instanceof AnswerOverdueException) {
      return cause.getMessage();
    }
    boolean cut = endpoint.getOperation() == Operation.IN_DOUBT;
    return (cut ? "no whole answer came: " : "") + ImageConsumer.words(cause);
  }

  private Outcome failure(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return new Outcome(
        endpoint.getOperation().outcome(),
        endpoint.getReason(),
        null,
        null,
        cause == null ? "" : words(cause),
        null,
        null,
        null);
  }
}
