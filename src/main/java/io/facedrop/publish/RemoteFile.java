package io.facedrop.publish;

import com.jcraft.jsch.JSchException;
import io.facedrop.sftp.RemoteFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpEndpoint;

/** A file on an SFTP server that was written, or was there when it was to be. */
record RemoteFile(SftpEndpoint endpoint, String name) {

  /**
   * Removes it if it is not what it must be; one that is gone was taken by whom it was for.
   *
   * @param length in bytes that it must have
   * @return whether it was removed
   */
  boolean removedUnless(byte[] sha256, long length) throws IOException {
    try (RemoteFolder folder = RemoteFolder.open(endpoint)) {
      if (!folder.isReadable(name)) {
        // Where the account may only write, the size has to do.
        boolean other = folder.size(name) != length;
        if (other) {
          folder.remove(name);
        }
        return other;
      }
      Optional<InputStream> bytes = folder.read(name);
      if (bytes.isEmpty()) {
        return false;
      }
      try (InputStream open = bytes.get()) {
        if (Arrays.equals(sha256, StoredFile.digest(open))) {
          return false;
        }
      }
      folder.remove(name);
      return true;
    } catch (JSchException e) {
      throw new IOException("cannot read " + name + " back: " + e.getMessage(), e);
    }
  }
}
