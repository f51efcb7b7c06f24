package io.facedrop.intake;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.File;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** Notes in the ledger which manifests were rejected, before they are removed. */
final class RejectionNotes {
  private final Ledger ledger;

  RejectionNotes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Notes the exchange's manifest, whose copy and reason are kept by now. */
  void note(Exchange exchange) {
    ManifestRejectedException why = Intake.rejection(exchange);
    String reason = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    ledger
        .notices()
        .rejected(
            new RejectedManifest(
                source(exchange),
                Intake.dropped(exchange),
                why.code(),
                why.getMessage(),
                keptAs(reason)));
  }

  /** Of a reason's file name, the manifest's. */
  static String keptAs(String reason) {
    return reason.replaceFirst("\\.reason\\.json$", "");
  }

  /** A file that is read in place may be rejected as often as somebody asks. */
  private String source(Exchange exchange) {
    Path file = exchange.getVariable(Intake.MANIFEST, File.class).toPath().toAbsolutePath();
    return exchange.getMessage().getHeader(Intake.PICKED_UP, false, Boolean.class)
        ? PickedUpFiles.source(file).toString()
        : file + " " + ledger.clock().instant();
  }
}
