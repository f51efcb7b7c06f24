package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.intake.ReadLock;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * The checksum of a manifest that is about to be set aside: it was asked for, so it is removed.
 *
 * <p>Camel asks for a lock right before it moves the file, with the connection at hand.
 */
public final class DecidedCompanions extends ReadLock<SftpRemoteFile<LsEntry>> {
  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations,
      GenericFile<SftpRemoteFile<LsEntry>> file,
      Exchange exchange) {
    Companions.remove(operations, file.getAbsoluteFilePath() + Companions.CHECKSUM);
    return true;
  }
}
