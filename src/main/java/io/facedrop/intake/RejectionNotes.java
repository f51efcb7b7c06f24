package io.facedrop.intake;

import io.facedrop.config.Settings;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.File;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the ledger which manifests were rejected, before they are removed. */
final class RejectionNotes {
  private static final Logger LOG = LoggerFactory.getLogger(RejectionNotes.class);

  private final Ledger ledger;

  RejectionNotes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Notes the exchange's manifest, whose copy and reason are kept by now, and logs where. */
  void note(Exchange exchange) {
    ManifestRejectedException why = Intake.rejection(exchange);
    String reason = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    String keptAs = place(exchange) + "/" + keptAs(reason);
    ledger
        .notices()
        .rejected(
            new RejectedManifest(
                source(exchange),
                Intake.dropped(exchange),
                why.code(),
                why.getMessage(),
                why.line(),
                keptAs));
    LOG.info(
        "kept {} as {}, and why it was rejected beside it, in {}",
        SafeName.shown(Intake.dropped(exchange)),
        SafeName.shown(keptAs),
        SafeName.shown(Path.of(reason).getFileName().toString()));
  }

  private static String place(Exchange exchange) {
    return Settings.Outputs.place(
        exchange.getContext().resolvePropertyPlaceholders("{{facedrop.rejected.uri}}"));
  }

  /** Of a reason's file name, the manifest's. */
  static String keptAs(String reason) {
    return reason.replaceFirst("\\.reason\\.json$", "");
  }

  /** A file that is read in place may be rejected as often as somebody asks. */
  private String source(Exchange exchange) {
    Path file = exchange.getVariable(Intake.MANIFEST, File.class).toPath().toAbsolutePath();
    return exchange.getMessage().getHeader(Intake.PICKED_UP, false, Boolean.class)
        ? WorkingFolder.source(file).toString()
        : file + " " + ledger.clock().instant();
  }
}
