package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.operator.Redrop;
import io.facedrop.words.Count;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an operator orders by a form, and notes who has ordered it. */
public final class Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

  private final Ledger ledger;
  private final Redrop redrop;

  public Actions(Ledger ledger, Redrop redrop) {
    this.ledger = ledger;
    this.redrop = redrop;
  }

  public void act(Exchange exchange) throws IOException {
    Visitor visitor = Visitor.of(exchange);
    if (!visitor.isOperator() || !visitor.hasSent(Asked.inForm(exchange, "form"))) {
      PageAnswer.forbidden(
          exchange, "This form is old, or not of facedrop's own pages. Load its page anew.");
      return;
    }
    String what = Asked.inForm(exchange, "what");
    if (what.equals("open-gate")) {
      note(exchange, null, "opened the gate", ledger.orders().resume() > 0);
      PageAnswer.elsewhere(exchange, "/");
      return;
    }
    Optional<Batch> batch = ledger.batch(Asked.inForm(exchange, "batch"));
    if (batch.isEmpty()) {
      PageAnswer.missing(exchange, "No batch of this id is in this ledger.");
      return;
    }
    act(exchange, what, batch.get());
  }

  private void act(Exchange exchange, String what, Batch batch) throws IOException {
    switch (what) {
      case "hold" -> note(exchange, batch, "held the batch", ledger.orders().hold(batch));
      case "release" -> note(exchange, batch, "released the batch", ledger.orders().release(batch));
      case "cancel" -> note(exchange, batch, "cancelled the batch", ledger.orders().cancel(batch));
      case "redrop" -> {
        redrop(exchange, batch);
        return;
      }
      default -> {
        PageAnswer.missing(exchange, "There is no such order.");
        return;
      }
    }
    PageAnswer.elsewhere(exchange, "/batch/" + batch.id());
  }

  /** Only if as many rows are meant as were said when somebody agreed to what they cost. */
  private void redrop(Exchange exchange, Batch batch) throws IOException {
    String reason = Asked.inForm(exchange, "reason");
    Optional<Set<Reason>> reasons = RedropPage.reasons(reason);
    String said = Asked.inForm(exchange, "exactly");
    if (reasons.isEmpty()
        || !said.equals(String.valueOf(redrop.count(batch, reasons.get()).rows()))) {
      PageAnswer.elsewhere(exchange, "/redrop/" + batch.id() + query(reasons, reason));
      return;
    }
    try {
      redrop.drop(batch, reasons.get());
      note(
          exchange,
          batch,
          "dropped " + Count.of(Long.parseLong(said), "dead letter") + " again",
          true);
      PageAnswer.elsewhere(exchange, "/");
    } catch (Redrop.WaitingException waiting) {
      PageAnswer.forbidden(
          exchange, "An earlier redrop of this batch is not accepted yet. Wait a moment.");
    }
  }

  private static String query(Optional<Set<Reason>> known, String reason) {
    return known.isEmpty() || reason.isEmpty() ? "" : "?reason=" + reason;
  }

  private void note(Exchange exchange, Batch batch, String what, boolean done) {
    if (done) {
      String words = "the operator at " + Asked.from(exchange) + " " + what + " on the page";
      ledger.orders().note(batch, words);
      LOG.info("{}{}", words, batch == null ? "" : ": " + batch.id());
    }
  }
}
