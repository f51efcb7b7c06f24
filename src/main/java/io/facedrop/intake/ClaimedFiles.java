package io.facedrop.intake;

import io.facedrop.ledger.Ledger;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Files in the working folder, {@code <inbox>/.work/<claim>/<folder>/<name>}: those not accepted
 * yet are offered again until they are, so that no failure and no crash strands a claimed manifest.
 */
public final class ClaimedFiles implements GenericFileFilter<File> {
  private static final Path WORK = Path.of(".work");

  private final Ledger ledger;

  public ClaimedFiles(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    return file.isDirectory() || !ledger.accepted(file.getFile().toPath().toAbsolutePath());
  }

  /** Marks the exchange's file as ours to move, and tells its folder below the inbox. */
  public void mark(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    String belowClaim = name.replace('\\', '/').replaceFirst("^[^/]*/", "");
    int end = belowClaim.lastIndexOf('/') + 1;
    exchange.getMessage().setHeader(Intake.FOLDER, belowClaim.substring(0, end));
    exchange.getMessage().setHeader(Intake.CLAIMED, true);
  }

  /**
   * Removes a claimed file that is kept elsewhere now, and the folders that only it was in; leaves
   * a file outside the working folder alone.
   */
  public void release(File file) throws IOException {
    Path path = file.toPath().toAbsolutePath();
    if (StreamSupport.stream(path.spliterator(), false).noneMatch(WORK::equals)) {
      return;
    }
    Files.deleteIfExists(path);
    Path folder = path.getParent();
    while (folder != null && !folder.endsWith(WORK)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException | NoSuchFileException shared) {
        return;
      }
      folder = folder.getParent();
    }
  }
}
