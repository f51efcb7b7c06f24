package io.facedrop.publish;

import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.Publication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what is to be published into a body and a file name, for the route to write. */
public final class OutputRenderer {
  private static final Logger LOG = LoggerFactory.getLogger(OutputRenderer.class);
  private static final String STREAM = "stream";

  private final Ledger ledger;
  private final Clock clock;

  public OutputRenderer(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Sets the body and the file's name. */
  @Handler
  public void render(Exchange exchange) {
    Publication publication = exchange.getMessage().getBody(Publication.class);
    Batch batch = publication.batch();
    switch (publication.kind()) {
      case ARCHIVE -> {
        named(exchange, archived(batch));
        exchange.getMessage().setBody(batch.source().toFile(), File.class);
        if (!Files.exists(batch.source())) {
          LOG.warn("the manifest {} is gone and cannot be archived", batch.source());
          exchange.setVariable("output", "nothing");
        }
      }
      case REPORT -> {
        named(exchange, batch.fileStem() + ".report.json");
        exchange.getMessage().setBody(new CompletionReport(ledger, batch, clock.instant()).json());
      }
      default -> {
        named(exchange, publication.part().fileName(batch));
        DigestInputStream stream =
            new DigestInputStream(
                new PartStream(batch, publication.part(), ledger.rows(publication.part())),
                sha256());
        exchange.setVariable(STREAM, stream);
        exchange.getMessage().setBody(stream, InputStream.class);
      }
    }
  }

  /**
   * Leaves the digest of a part that was written in the variable {@code sha256}. Where the file was
   * there already, its bytes are the same, and are read here only for their digest.
   */
  public void digest(Exchange exchange) throws IOException {
    try (DigestInputStream stream = exchange.getVariable(STREAM, DigestInputStream.class)) {
      stream.transferTo(java.io.OutputStream.nullOutputStream());
      exchange.setVariable("sha256", HexFormat.of().formatHex(stream.getMessageDigest().digest()));
    }
  }

  private static void named(Exchange exchange, String name) {
    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    exchange.setVariable("file", name);
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
