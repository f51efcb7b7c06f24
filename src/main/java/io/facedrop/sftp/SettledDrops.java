package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.intake.SettledFiles;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * Lets a file on a server be claimed once it has settled and, if so asked, its checksum is there.
 */
public final class SettledDrops extends SettledFiles<SftpRemoteFile<LsEntry>> {
  private final boolean checksumNeeded;

  /**
   * @param quiet how long nothing must have changed; zero when a done file says so instead
   */
  public SettledDrops(Duration quiet, boolean checksumNeeded) {
    super(quiet);
    this.checksumNeeded = checksumNeeded;
  }

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFile<SftpRemoteFile<LsEntry>> file,
      Exchange exchange) {
    return super.acquireExclusiveReadLock(operations, file, exchange)
        && (!checksumNeeded
            || operations.existsFile(file.getAbsoluteFilePath() + Companions.CHECKSUM));
  }
}
