package io.facedrop.publish.file;

import com.jcraft.jsch.JSchException;
import io.facedrop.sftp.RemoteFolder;
import io.facedrop.sftp.SftpFault;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpEndpoint;

/** A file on an SFTP server that was written, or was there when it was to be. */
public record RemoteFile(SftpEndpoint endpoint, String name) {

  /**
   * Removes it if it is not what it must be; one that is gone was taken by whom it was for.
   *
   * @param length in bytes that it must have
   * @return whether it was removed
   */
  public boolean removedUnless(byte[] sha256, long length) throws IOException {
    try (RemoteFolder folder = RemoteFolder.open(endpoint)) {
      boolean other = isOther(folder, sha256, length);
      if (other) {
        folder.remove(name);
      }
      return other;
    } catch (JSchException e) {
      throw new IOException("cannot read " + name + " back: " + Cause.of(e), e);
    }
  }

  private boolean isOther(RemoteFolder folder, byte[] sha256, long length) throws IOException {
    Optional<InputStream> bytes;
    try {
      bytes = folder.read(name);
    } catch (IOException e) {
      if (SftpFault.of(e) != SftpFault.NO_PERMISSION) {
        throw e;
      }
      // Where the account may only write, the size has to do.
      return folder.size(name) != length;
    }
    if (bytes.isEmpty()) {
      return false;
    }
    try (InputStream open = bytes.get()) {
      return !Arrays.equals(sha256, DiskFile.digest(open));
    }
  }
}
