package io.facedrop.ledger.component;

import io.facedrop.api.Answer;
import io.facedrop.api.AnswerReader;
import io.facedrop.ledger.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Notes an outcome on the exchange, with the answer or the failure that led to it. */
final class OutcomeProducer extends DefaultProducer {
  private final LedgerEndpoint endpoint;

  OutcomeProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Answer answer = exchange.getVariable(AnswerReader.ANSWER, Answer.class);
    exchange.setProperty(
        LedgerConstants.OUTCOME, answer == null ? failure(exchange) : answered(answer));
  }

  private Outcome answered(Answer answer) {
    return new Outcome(
        endpoint.getOperation().outcome(),
        endpoint.getReason(),
        answer.bodyCode(),
        answer.httpStatus() == 0 ? null : Integer.valueOf(answer.httpStatus()),
        words(answer),
        answer.detectTaskId(),
        answer.retryAfter());
  }

  /** The API's words; where it had none, or its answer is not what was expected, our own. */
  private String words(Answer answer) {
    if (endpoint.getOperation() != Operation.IN_DOUBT) {
      return answer.message();
    }
    String what =
        answer.bodyCode() == null
            ? "an answer with HTTP status " + answer.httpStatus() + " and no readable code"
            : answer.bodyCode() == 200
                ? "code 200 without a detect_task_id"
                : "code " + answer.bodyCode() + ", which is not one of the API's";
    return answer.message().isEmpty() ? what : what + ": " + answer.message();
  }

  private Outcome failure(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return new Outcome(
        endpoint.getOperation().outcome(),
        endpoint.getReason(),
        null,
        null,
        cause == null ? "" : PendingConsumer.words(cause),
        null,
        null);
  }
}
