package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpException;
import java.util.Optional;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.ObjectHelper;

/** Finds a file on a server, and takes neither a folder nor a link of that name for it. */
final class PlainFile {
  private PlainFile() {}

  /** The file with this path; empty when there is none, or something else. */
  static Optional<SftpRemoteFile<LsEntry>> at(
      GenericFileOperations<SftpRemoteFile<LsEntry>> operations, String path) {
    SftpRemoteFile<LsEntry>[] found;
    try {
      found = operations.listFiles(path);
    } catch (GenericFileOperationFailedException e) {
      SftpException answer = ObjectHelper.getException(SftpException.class, e);
      if (answer != null && answer.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
    // Of a folder, what is in it was listed.
    return found.length == 1
            && found[0].getFilename().equals(FileUtil.stripPath(path))
            && !found[0].isDirectory()
            && RemoteName.isOrdinary(found[0].getRemoteFile().getAttrs())
        ? Optional.of(found[0])
        : Optional.empty();
  }
}
