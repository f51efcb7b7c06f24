package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.clock.Reminders;
import io.facedrop.intake.SafeName;
import io.facedrop.intake.StableFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a file on a server be picked up once it and its checksum have settled; the checksum follows
 * it with it.
 */
public final class StableDrops extends StableFiles<SftpRemoteFile<LsEntry>> {
  private static final Logger LOG = LoggerFactory.getLogger(StableDrops.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final boolean checksumNeeded;
  private final Reminders<String> waiting;
  private String folder;

  /**
   * @param quiet how long nothing must have changed; zero when a done file says so instead
   * @param checksumNeeded whether a manifest waits for its {@code .sha256}
   */
  public StableDrops(Duration quiet, boolean checksumNeeded) {
    this(quiet, checksumNeeded, System::nanoTime);
  }

  StableDrops(Duration quiet, boolean checksumNeeded, LongSupplier nanos) {
    super(quiet, nanos);
    this.checksumNeeded = checksumNeeded;
    this.waiting = Reminders.onceAfter(PATIENCE, nanos);
  }

  @Override
  public void prepareOnStartup(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFileEndpoint<SftpRemoteFile<LsEntry>> endpoint) {
    folder = endpoint.getConfiguration().getDirectory();
  }

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFile<SftpRemoteFile<LsEntry>> file,
      Exchange exchange) {
    String path = file.getAbsoluteFilePath();
    String checksum = path + Companions.CHECKSUM;
    boolean settled =
        settled(path, file.getFileLength(), file.getLastModified(), path)
            && isSettled(checksum, PlainFile.at(operations, checksum), file.getRelativeFilePath());
    if (settled) {
      forget(path);
      forget(checksum);
      waiting.end(file.getRelativeFilePath());
    }
    return settled;
  }

  private boolean isSettled(
      String path, Optional<SftpRemoteFile<LsEntry>> checksum, String manifest) {
    if (checksum.isEmpty() && checksumNeeded) {
      remind(manifest);
    }
    return checksum
        .map(file -> settled(path, file.getFileLength(), file.getLastModified(), path))
        .orElse(!checksumNeeded);
  }

  /** Says once that a manifest still waits for its checksum, if it does so for long. */
  private void remind(String manifest) {
    if (waiting.isDue(manifest)) {
      LOG.warn(
          "{} has waited on the SFTP server for {}.sha256 for {} minutes, and"
              + " facedrop.manifest.checksum=required",
          SafeName.shown(manifest),
          SafeName.shown(manifest),
          PATIENCE.toMinutes());
    }
  }

  /** The file is picked up: its checksum must not wait where the next one of its name may come. */
  @Override
  public void releaseExclusiveReadLockOnCommit(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFile<SftpRemoteFile<LsEntry>> pickedUp,
      Exchange exchange) {
    String name = pickedUp.getRelativeFilePath();
    RemotePickUp.of(name.substring(name.indexOf('/') + 1))
        .map(pickUp -> folder + "/" + pickUp.dropped() + Companions.CHECKSUM)
        .filter(checksum -> PlainFile.at(operations, checksum).isPresent())
        .ifPresent(
            checksum ->
                operations.renameFile(
                    checksum, pickedUp.getAbsoluteFilePath() + Companions.CHECKSUM));
  }
}
