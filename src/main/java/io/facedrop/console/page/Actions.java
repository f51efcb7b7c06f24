package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.intake.SafeName;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.operator.Redrop;
import io.facedrop.operator.Uploads;
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
  private final Uploads uploads;

  public Actions(Ledger ledger, Redrop redrop, Uploads uploads) {
    this.ledger = ledger;
    this.redrop = redrop;
    this.uploads = uploads;
  }

  public void act(Exchange exchange) throws IOException {
    Visitor visitor = Visitor.of(exchange);
    if (!visitor.isOperator() || !visitor.hasSent(Asked.inForm(exchange, "form"))) {
      PageAnswer.old(exchange);
      return;
    }
    String what = Asked.inForm(exchange, "what");
    switch (what) {
      case "open-gate" -> {
        note(exchange, null, "opened the gate", ledger.orders().resume() > 0);
        PageAnswer.elsewhere(exchange, "/");
      }
      case "work-upload" -> work(exchange);
      case "discard-upload" -> discard(exchange);
      default -> actOnBatch(exchange, what);
    }
  }

  /** Has a file worked that somebody has uploaded, and whose cost they have read. */
  private void work(Exchange exchange) throws IOException {
    String id = Asked.inForm(exchange, "upload");
    String words = words(exchange, "uploaded " + uploaded(id));
    if (uploads.work(id, words)) {
      LOG.info("{}", words);
      PageAnswer.elsewhere(exchange, "/");
    } else {
      PageAnswer.missing(exchange, "No such file waits any more.");
    }
  }

  private void discard(Exchange exchange) {
    String id = Asked.inForm(exchange, "upload");
    String words = words(exchange, "threw away the upload " + uploaded(id));
    if (uploads.discard(id)) {
      LOG.info("{}", words);
    }
    PageAnswer.elsewhere(exchange, "/");
  }

  private String uploaded(String id) {
    return uploads.waiting(id).map(UploadPage::name).map(SafeName::shown).orElse("");
  }

  private void actOnBatch(Exchange exchange, String what) throws IOException {
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
      redrop.drop(batch, reasons.get(), Long.parseLong(said));
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
      String words = words(exchange, what);
      ledger.orders().note(batch, words);
      LOG.info("{}{}", words, batch == null ? "" : ": " + batch.id());
    }
  }

  private static String words(Exchange exchange, String what) {
    String name = Visitor.of(exchange).name();
    return (name.isEmpty() ? "the operator" : name)
        + " at "
        + Asked.from(exchange)
        + " "
        + what
        + " on the page";
  }
}
