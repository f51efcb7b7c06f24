package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.publish.part.PartStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Gives a part that was published, once more from the ledger: no path of a request opens a file.
 */
public final class PartDownload {
  private final LedgerReader ledger;
  private final boolean neutralised;

  /**
   * @param neutralised whether carried cells that are formulas are made harmless
   */
  public PartDownload(LedgerReader ledger, boolean neutralised) {
    this.ledger = ledger;
    this.neutralised = neutralised;
  }

  public void give(Exchange exchange) {
    Optional<Batch> batch =
        ledger.batch(Asked.of(exchange, "batch")).filter(found -> ledger.of(found).hasRows());
    Optional<Part> part = batch.flatMap(of -> part(exchange, of));
    if (part.isEmpty()) {
      PageAnswer.missing(exchange, "No such part is published, or its rows are gone.");
    } else if (!isFor(Visitor.of(exchange), part.get())) {
      PageAnswer.forbidden(exchange, "Faces are for the operator's token only.");
    } else {
      give(exchange, batch.get(), part.get());
    }
  }

  /** Whether a visitor may have it: successes have faces. */
  static boolean isFor(Visitor visitor, Part part) {
    return part.output() != Output.SUCCESS || visitor.isOperator();
  }

  private Optional<Part> part(Exchange exchange, Batch batch) {
    String output = Asked.of(exchange, "output");
    String number = Asked.of(exchange, "number");
    return ledger.of(batch).parts().stream()
        .filter(part -> part.file() != null)
        .filter(part -> part.output().word().equals(output))
        .filter(part -> String.valueOf(part.number()).equals(number))
        .findFirst();
  }

  private void give(Exchange exchange, Batch batch, Part part) {
    InputStream bytes = new PartStream(batch, part.output(), ledger.rows(part), neutralised);
    String name = Path.of(part.file()).getFileName().toString();
    Attachment.name(exchange, name);
    exchange
        .getMessage()
        .setHeader(
            Exchange.CONTENT_TYPE,
            name.endsWith(".jsonl") ? "application/x-ndjson" : "text/csv; charset=utf-8");
    exchange.getMessage().setBody(bytes);
  }
}
