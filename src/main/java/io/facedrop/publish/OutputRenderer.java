package io.facedrop.publish;

import io.facedrop.config.Settings;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.LedgerConstants;
import io.facedrop.ledger.component.output.ManifestShelf;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Publication;
import io.facedrop.publish.file.DiskFile;
import io.facedrop.publish.file.RemoteFile;
import io.facedrop.publish.file.StoredFile;
import io.facedrop.publish.file.UnfinishedFiles;
import io.facedrop.publish.page.ReportPage;
import io.facedrop.publish.part.PartBody;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.CompletionReport;
import io.facedrop.publish.report.PartLinks;
import io.facedrop.publish.report.ReportSums;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what is to be published into a body and a file name, for the route to write. */
public final class OutputRenderer implements ManifestShelf {
  private static final Logger LOG = LoggerFactory.getLogger(OutputRenderer.class);
  private static final String BODY = "part";
  private static final String URI = "uri";

  /** Of a disk on which no part has room. */
  private static final long LITTLE = 1 << 20;

  private static final String FULL =
      " is not whole, for its disk is full; it is removed, and written again until there is room";

  private static final String OTHER =
      " does not hold what the ledger has for it, is removed and written again; if that is so each"
          + " time, a step of publish-outcomes changes the body before it is written";
  private static final String REPORT = "report";

  private final Ledger ledger;
  private final Clock clock;
  private final Path inbox;
  private final Settings.Outputs outputs;
  private final int contactSheet;
  private final Map<String, String> worked;

  /**
   * @param inbox below which picked-up manifests lie
   * @param contactSheet the most faces that a report shows; 0 for none
   * @param worked the settings that a report names
   */
  public OutputRenderer(
      Ledger ledger,
      Clock clock,
      Path inbox,
      Settings.Outputs outputs,
      int contactSheet,
      Map<String, String> worked) {
    this.ledger = ledger;
    this.clock = clock;
    this.inbox = inbox;
    this.outputs = outputs;
    this.contactSheet = contactSheet;
    this.worked = worked;
  }

  /** Sets the body and the file's name; of a report, those of its page. */
  @Handler
  public void render(Exchange exchange) throws IOException {
    Publication publication = exchange.getMessage().getBody(Publication.class);
    Batch batch = publication.batch();
    switch (publication.kind()) {
      case ACCEPTED -> {
        named(exchange, batch, outputs.report(), batch.fileStem() + ".accepted.json");
        exchange.getMessage().setBody(utf8(Acknowledgement.json(batch)));
      }
      case ARCHIVE -> {
        named(exchange, batch, outputs.archive(), archived(batch));
        Path manifest = place(batch);
        exchange.getMessage().setBody(manifest.toFile(), File.class);
        if (!Files.exists(manifest)) {
          LOG.warn(
              "the manifest {} is not there, so batch {} is completed without it; serve archives it"
                  + " when it is there again",
              manifest,
              batch.id());
        }
      }
      case REPORT -> {
        BatchReport report =
            CompletionReport.of(
                ledger, batch, clock.instant(), contactSheet, worked, new PartLinks(outputs));
        exchange.setVariable(REPORT, report);
        named(exchange, batch, outputs.report(), batch.fileStem() + ".report.html");
        exchange.getMessage().setBody(utf8(new ReportPage(report).html()));
      }
      default -> {
        named(exchange, batch, output(publication.kind()), publication.part().fileName(batch));
        PartBody body =
            PartBody.of(exchange, ledger, batch, publication.part(), outputs.neutralised());
        exchange.setVariable(BODY, body);
        exchange.getMessage().setBody(body);
      }
    }
  }

  /** Sets the body and the file's name of a report's sums; its page was rendered before. */
  public void renderSums(Exchange exchange) throws IOException {
    BatchReport report = exchange.getVariable(REPORT, BatchReport.class);
    Batch batch = report.batch();
    named(exchange, batch, outputs.report(), batch.fileStem() + ".report.json");
    exchange.getMessage().setBody(utf8(new ReportSums(report).json()));
  }

  /** The file component would write a text in the machine's own encoding. */
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Makes sure that the file that was written is on the disk and, of a part, holds what it must, by
   * reading it; leaves a part's digest in the variable {@code sha256}.
   *
   * @throws IOException when the part's file is another one, such as half of it after a power
   *     failure, or what a step of the route has made of it; it is removed, to be written again
   */
  public void confirm(Exchange exchange) throws IOException {
    CamelContext context = exchange.getContext();
    String output = exchange.getVariable(URI, String.class);
    String name = exchange.getVariable(LedgerConstants.FILE, String.class);
    Path file = forced(StoredFile.at(context, output, name));
    PartBody body = exchange.getVariable(BODY, PartBody.class);
    if (body != null) {
      byte[] sha256 = body.sha256();
      refuseOther(file, sha256);
      refuseOther(StoredFile.remoteAt(context, output, name), sha256, body.bytes());
      exchange.setVariable(LedgerConstants.SHA256, HexFormat.of().formatHex(sha256));
    }
  }

  /** The file, now on the disk; null when whoever it was for has taken it away. */
  private static Path forced(Path file) throws IOException {
    try {
      if (file != null) {
        DiskFile.force(file);
      }
      return file;
    } catch (NoSuchFileException taken) {
      LOG.debug("{} was taken at once", file);
      return null;
    }
  }

  private static void refuseOther(Path file, byte[] sha256) throws IOException {
    try {
      if (file != null && !Arrays.equals(sha256, DiskFile.digest(file))) {
        boolean full = Files.getFileStore(file).getUsableSpace() < LITTLE;
        Files.delete(file);
        throw new IOException(file + (full ? FULL : OTHER));
      }
    } catch (NoSuchFileException taken) {
      LOG.debug("{} was taken at once", file);
    }
  }

  private static void refuseOther(RemoteFile file, byte[] sha256, long length) throws IOException {
    if (file != null && file.removedUnless(sha256, length)) {
      throw new IOException(file.name() + OTHER);
    }
  }

  private String output(Publication.Kind kind) {
    return kind == Publication.Kind.SUCCESS ? outputs.success() : outputs.deadLetter();
  }

  private void named(Exchange exchange, Batch batch, String uri, String name) throws IOException {
    String known = Settings.Outputs.nameAt(uri, name);
    exchange.getMessage().setHeader(Exchange.FILE_NAME, known);
    exchange.setVariable(LedgerConstants.FILE, known);
    exchange.setVariable(LedgerConstants.PLACE, Settings.Outputs.place(uri));
    exchange.setVariable(URI, uri);
    UnfinishedFiles.remove(exchange.getContext(), uri, known, ledger.publishing().former(batch));
  }

  @Override
  public boolean holds(Batch batch) {
    return Files.exists(place(batch));
  }

  /** Where a manifest lies until its batch is complete. */
  private Path place(Batch batch) {
    return inbox.resolve(batch.source());
  }

  private static String archived(Batch batch) {
    return batch.folder()
        + LocalDate.ofInstant(batch.acceptedAt(), ZoneOffset.UTC)
        + "/"
        + batch.id()
        + "-"
        + batch.manifest();
  }
}
