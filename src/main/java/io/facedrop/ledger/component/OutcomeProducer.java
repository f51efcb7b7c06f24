package io.facedrop.ledger.component;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Outcome.Kind;
import io.facedrop.ledger.model.Reason;
import io.facedrop.words.Cause;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Notes an outcome on the exchange, with the answer or the failure that led to it. */
final class OutcomeProducer extends DefaultProducer {
  private static final int MAINTENANCE = 455;

  private final LedgerEndpoint endpoint;

  OutcomeProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Answer answer = exchange.getVariable(AnswerReader.ANSWER, Answer.class);
    LedgerConstants.note(exchange, answer == null ? failure(exchange) : answered(exchange, answer));
  }

  private Outcome answered(Exchange exchange, Answer answer) {
    boolean query = exchange.getVariable(LedgerConstants.TASK) != null;
    return switch (endpoint.getOperation()) {
      case PAUSE ->
          outcome(answer.code() == MAINTENANCE ? Kind.MAINTENANCE : Kind.REFUSED, null, answer);
      case IN_DOUBT ->
          query
              ? outcome(Kind.RETRY, Reason.RESULT_UNREADABLE, answer)
              : outcome(Kind.IN_DOUBT, null, answer);
      default -> outcome(endpoint.getOperation().outcome(), endpoint.getReason(), answer);
    };
  }

  private static Outcome outcome(Kind kind, Reason reason, Answer answer) {
    return StandardOutcome.outcome(kind, reason, answer);
  }

  private Outcome failure(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String words = cause == null ? "" : Cause.of(cause);
    return Outcome.withoutAnswer(endpoint.getOperation().outcome(), words)
        .because(endpoint.getReason());
  }
}
