package io.facedrop.intake;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Publication;
import io.facedrop.manifest.ChecksumFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Files in the working folder whose batch is complete: its manifest was out of reach when it was to
 * be archived, because the inbox was gone or the node that has it did not work.
 */
public final class UnarchivedManifests implements GenericFileFilter<File> {
  private final Ledger ledger;

  public UnarchivedManifests(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    Path path = file.getFile().toPath().toAbsolutePath();
    if (file.isDirectory()) {
      return !Files.isSymbolicLink(path);
    }
    return !path.toString().endsWith(ChecksumFile.EXTENSION)
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && completeBatch(path).isPresent();
  }

  /** Sets the body to what is to be published: the manifest, for the archive. */
  public void publication(Exchange exchange) {
    Path path = exchange.getMessage().getBody(File.class).toPath().toAbsolutePath();
    Batch batch = completeBatch(path).orElseThrow();
    exchange.getMessage().setBody(new Publication(Publication.Kind.ARCHIVE, batch, null));
  }

  private Optional<Batch> completeBatch(Path path) {
    return ledger.deliveries().batchOf(WorkingFolder.source(path)).filter(Batch::complete);
  }
}
