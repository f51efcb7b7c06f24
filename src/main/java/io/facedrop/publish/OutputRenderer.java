package io.facedrop.publish;

import io.facedrop.config.Settings;
import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.Publication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what is to be published into a body and a file name, for the route to write. */
public final class OutputRenderer {
  private static final Logger LOG = LoggerFactory.getLogger(OutputRenderer.class);
  private static final String STREAM = "stream";
  private static final String REPORT = "report";

  private final Ledger ledger;
  private final Clock clock;
  private final Settings.Outputs outputs;
  private final int contactSheet;

  /**
   * @param contactSheet the most faces that a report shows; 0 for none
   */
  public OutputRenderer(Ledger ledger, Clock clock, Settings.Outputs outputs, int contactSheet) {
    this.ledger = ledger;
    this.clock = clock;
    this.outputs = outputs;
    this.contactSheet = contactSheet;
  }

  /** Sets the body and the file's name; of a report, those of its page. */
  @Handler
  public void render(Exchange exchange) {
    Publication publication = exchange.getMessage().getBody(Publication.class);
    Batch batch = publication.batch();
    switch (publication.kind()) {
      case ACCEPTED -> {
        named(exchange, outputs.report(), batch.fileStem() + ".accepted.json");
        exchange.getMessage().setBody(utf8(Acknowledgement.json(batch)));
      }
      case ARCHIVE -> {
        named(exchange, outputs.archive(), archived(batch));
        exchange.getMessage().setBody(batch.source().toFile(), File.class);
        if (!Files.exists(batch.source())) {
          LOG.warn("the manifest {} is gone and cannot be archived", batch.source());
          exchange.setVariable("output", "vanished");
        }
      }
      case REPORT -> {
        BatchReport report = CompletionReport.of(ledger, batch, clock.instant(), contactSheet);
        exchange.setVariable(REPORT, report);
        named(exchange, outputs.report(), batch.fileStem() + ".report.html");
        exchange.getMessage().setBody(utf8(new ReportPage(report).html()));
      }
      default -> {
        named(exchange, output(publication.kind()), publication.part().fileName(batch));
        DigestInputStream stream =
            new DigestInputStream(
                new PartStream(
                    batch,
                    publication.part(),
                    ledger.rows(publication.part()),
                    outputs.neutralised()),
                sha256());
        exchange.setVariable(STREAM, stream);
        // Whatever fails before the file component takes the stream over, its connection is closed.
        exchange
            .getExchangeExtension()
            .addOnCompletion(
                new SynchronizationAdapter() {
                  @Override
                  public void onDone(Exchange done) {
                    IOHelper.close(stream);
                  }
                });
        exchange.getMessage().setBody(stream, InputStream.class);
      }
    }
  }

  /** Sets the body and the file's name of a report's sums; its page was rendered before. */
  public void renderSums(Exchange exchange) {
    BatchReport report = exchange.getVariable(REPORT, BatchReport.class);
    named(exchange, outputs.report(), report.batch().fileStem() + ".report.json");
    exchange.getMessage().setBody(utf8(new ReportSums(report).json()));
  }

  /** The file component would write a text in the machine's own encoding. */
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Makes sure that the file that was written is on the disk and, of a part, holds what it must;
   * leaves a part's digest in the variable {@code sha256}. A part whose file was there already is
   * not written twice; its bytes, and so the digest, are made once more here.
   *
   * @throws IOException when the part's file is another one, such as half of it after a power
   *     failure; it is removed, to be written again
   */
  public void confirm(Exchange exchange) throws IOException {
    Path file = forced(StoredFile.of(exchange));
    DigestInputStream stream = exchange.getVariable(STREAM, DigestInputStream.class);
    if (stream != null) {
      boolean written = stream.read() < 0;
      stream.transferTo(OutputStream.nullOutputStream());
      byte[] sha256 = stream.getMessageDigest().digest();
      if (!written) {
        refuseOther(file, sha256);
        refuseOther(StoredFile.remote(exchange), sha256);
      }
      exchange.setVariable("sha256", HexFormat.of().formatHex(sha256));
    }
  }

  /** The file, now on the disk; null when whoever it was for has taken it away. */
  private static Path forced(Path file) throws IOException {
    try {
      if (file != null) {
        StoredFile.force(file);
      }
      return file;
    } catch (NoSuchFileException taken) {
      LOG.debug("{} was taken at once", file);
      return null;
    }
  }

  private static void refuseOther(Path file, byte[] sha256) throws IOException {
    if (file != null && !Arrays.equals(sha256, StoredFile.digest(file, sha256()))) {
      Files.delete(file);
      throw new IOException(file + " was there with another content and is written again");
    }
  }

  private static void refuseOther(RemoteFile file, byte[] sha256) throws IOException {
    if (file != null && file.removedUnless(sha256, sha256())) {
      throw new IOException(file.name() + " was there with another content and is written again");
    }
  }

  private String output(Publication.Kind kind) {
    return kind == Publication.Kind.SUCCESS ? outputs.success() : outputs.deadLetter();
  }

  private static void named(Exchange exchange, String uri, String name) {
    String known = Settings.Outputs.nameAt(uri, name);
    exchange.getMessage().setHeader(Exchange.FILE_NAME, known);
    exchange.setVariable("file", known);
  }

  private static String archived(Batch batch) {
    return batch.folder()
        + LocalDate.ofInstant(batch.acceptedAt(), ZoneOffset.UTC)
        + "/"
        + batch.id()
        + "-"
        + batch.manifest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
