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
    LedgerConstants.note(exchange, answer == null ? failure(exchange) : answered(answer));
  }

  private Outcome answered(Answer answer) {
    return StandardOutcome.outcome(endpoint.getOperation().outcome(), endpoint.getReason(), answer);
  }

  private Outcome failure(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String words = cause == null ? "" : Conclusion.words(cause);
    return Outcome.withoutAnswer(endpoint.getOperation().outcome(), words)
        .because(endpoint.getReason());
  }
}
