package io.facedrop.operator;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.publish.file.DiskFile;
import io.facedrop.publish.part.PartStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;

/** Writes parts that were published once more, from the ledger. */
public final class Export {
  private final LedgerReader ledger;
  private final Path directory;
  private final boolean neutralised;

  /**
   * One part that was written.
   *
   * @param same whether its bytes are those that were published
   */
  public record Written(Path file, long rows, boolean same) {}

  /**
   * @param directory that they are written to
   * @param neutralised whether carried cells that are formulas are made harmless
   */
  public Export(LedgerReader ledger, Path directory, boolean neutralised) {
    this.ledger = ledger;
    this.directory = directory;
    this.neutralised = neutralised;
  }

  /** Writes one part under the name that it was published under, in place of what is there. */
  public Written write(Batch batch, Part part) throws IOException {
    Path file = directory.resolve(part.file());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = file.resolveSibling("." + file.getFileName());
    try (EndedRows rows = ledger.rows(part);
        InputStream bytes = new PartStream(batch, part.output(), rows, neutralised)) {
      Files.copy(bytes, unfinished, StandardCopyOption.REPLACE_EXISTING);
    }
    String sha256 = HexFormat.of().formatHex(DiskFile.digest(unfinished));
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    return new Written(file, part.rows(), sha256.equals(part.sha256()));
  }
}
