package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.clock.Reminders;
import io.facedrop.intake.DoneFileName;
import io.facedrop.intake.ReadLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.util.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was dropped beside a manifest: its checksum is fetched before it, and its done file removed.
 * The checksum stays beside it there, as the manifest does, in case that both must be fetched
 * again. What is left in the folder is the picked-up manifest's only while no other one of its name
 * is there.
 *
 * <p>Camel asks for a lock right before it fetches, with the connection at hand.
 */
public final class Companions extends ReadLock<SftpRemoteFile<LsEntry>> {
  static final String CHECKSUM = ".sha256";

  /** One is 64 digits and a name; what is longer will not be read as one. */
  private static final int LONGEST = 4096;

  private static final int SUSPICIOUS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Companions.class);

  private final Reminders<String> asked = Reminders.onceAfter(SUSPICIOUS, System::nanoTime);
  private final Path inbox;
  private final DoneFileName doneFile;
  private String folder;

  public Companions(Path inbox, DoneFileName doneFile) {
    this.inbox = inbox;
    this.doneFile = doneFile;
  }

  @Override
  public void prepareOnStartup(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFileEndpoint<SftpRemoteFile<LsEntry>> endpoint) {
    folder = FileUtil.onlyPath(endpoint.getConfiguration().getDirectory());
  }

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFile<SftpRemoteFile<LsEntry>> file,
      Exchange exchange) {
    RemotePickUp pickUp = RemotePickUp.of(file.getRelativeFilePath()).orElseThrow();
    tellIfItDoesNotCome(pickUp);
    String checksum = file.getAbsoluteFilePath() + CHECKSUM;
    String dropped = folder + "/" + pickUp.dropped();
    if (!operations.existsFile(dropped)) {
      // It may have come late.
      move(operations, dropped + CHECKSUM, checksum);
      if (doneFile.used()) {
        remove(operations, folder + "/" + pickUp.folder() + doneFile.of(pickUp.name()));
      }
    }
    fetchChecksum(operations, checksum, pickUp, exchange);
    return true;
  }

  /** Camel passes over what the account must not read, lest a missing folder be an error. */
  private void tellIfItDoesNotCome(RemotePickUp pickUp) {
    if (asked.isDue(pickUp.id())) {
      LOG.warn(
          "{} was asked for {} times and has not come whole from the SFTP server; it stays in the working folder"
              + " there and is asked for again: may the account read it?",
          pickUp.shown(),
          SUSPICIOUS);
    }
  }

  private void fetchChecksum(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      String checksum,
      RemotePickUp pickUp,
      Exchange exchange) {
    if (PlainFile.at(operations, checksum).isPresent()) {
      operations.retrieveFile(checksum, exchange, LONGEST);
      GenericFile<?> target =
          exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
      try (InputStream body = (InputStream) target.getBody()) {
        keep(pickUp.in(inbox), body.readNBytes(LONGEST));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void keep(Path manifest, byte[] checksum) throws IOException {
    Path kept = manifest.resolveSibling(manifest.getFileName() + CHECKSUM);
    Path unfinished = manifest.resolveSibling("." + kept.getFileName());
    Files.createDirectories(manifest.getParent());
    Files.write(unfinished, checksum);
    Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void move(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations, String from, String to) {
    if (PlainFile.at(operations, from).isPresent()) {
      remove(operations, to);
      operations.renameFile(from, to);
    }
  }

  static void remove(GenericFileOperations<SftpRemoteFile<LsEntry>> operations, String name) {
    if (PlainFile.at(operations, name).isPresent()) {
      operations.deleteFile(name);
    }
  }
}
