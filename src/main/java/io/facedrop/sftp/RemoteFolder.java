package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;

/**
 * The folder of an SFTP endpoint, seen over a connection of its own that is made with the very
 * settings of the routes. Names must not hold what JSch takes for a pattern.
 */
public final class RemoteFolder implements AutoCloseable {
  private final Session session;
  private final ChannelSftp channel;
  private final String path;

  private RemoteFolder(Session session, ChannelSftp channel, String path) {
    this.session = session;
    this.channel = channel;
    this.path = path;
  }

  /** Lets nobody connect in another way than Camel does. */
  private static final class Login extends SftpOperations {
    Session with(SftpConfiguration configuration) throws JSchException {
      return createSession(configuration);
    }
  }

  /** Connects. */
  public static RemoteFolder open(SftpEndpoint endpoint) throws JSchException {
    SftpConfiguration configuration = endpoint.getConfiguration();
    Login login = new Login();
    login.setEndpoint(endpoint);
    Session session = login.with(configuration);
    try {
      session.connect(configuration.getConnectTimeout());
      ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
      channel.connect(configuration.getConnectTimeout());
      return new RemoteFolder(session, channel, configuration.getDirectory());
    } catch (JSchException e) {
      session.disconnect();
      throw e;
    }
  }

  /**
   * Whether there is such a folder.
   *
   * @throws NotDirectoryException when there is something else in its place
   */
  public boolean isThere() throws SftpException, NotDirectoryException {
    return isDirectory(path);
  }

  private boolean isDirectory(String folder) throws SftpException, NotDirectoryException {
    try {
      if (!channel.stat(folder).isDir()) {
        throw new NotDirectoryException(folder);
      }
      return true;
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes an empty folder in it, and takes it away again: whether something can be written there.
   *
   * @param folder below this one; the probe is beside what is in there, if it is there at all
   * @throws NotDirectoryException when there is something else in its place
   */
  public void probe(String folder) throws SftpException, NotDirectoryException {
    String place = isDirectory(path + folder) ? path + folder : path;
    String probe = place + "/.facedrop-check-" + Long.toHexString(System.nanoTime());
    channel.mkdir(probe);
    channel.rmdir(probe);
  }

  /** How many bytes a file has. */
  public long size(String name) throws IOException {
    try {
      return channel.stat(path + "/" + name).getSize();
    } catch (SftpException e) {
      throw new IOException("cannot look at " + name + ": " + Cause.of(e), e);
    }
  }

  /** The bytes of a file; empty when there is no such file. */
  public Optional<InputStream> read(String name) throws IOException {
    try {
      channel.stat(path + "/" + name);
      return Optional.of(channel.get(path + "/" + name));
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw new IOException("cannot read " + name + " back: " + Cause.of(e), e);
    }
  }

  /** Removes a file. */
  public void remove(String name) throws IOException {
    try {
      channel.rm(path + "/" + name);
    } catch (SftpException e) {
      throw new IOException("cannot remove " + name + ": " + Cause.of(e), e);
    }
  }

  /** Removes those of some files that are there. */
  public static void removeAll(SftpEndpoint endpoint, List<String> names) throws IOException {
    try (RemoteFolder folder = open(endpoint)) {
      for (String name : names) {
        folder.removeIfThere(name);
      }
    } catch (JSchException e) {
      throw new IOException("cannot remove " + names.get(0) + ": " + Cause.of(e), e);
    }
  }

  private void removeIfThere(String name) throws IOException {
    try {
      channel.rm(path + "/" + name);
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw new IOException("cannot remove " + name + ": " + Cause.of(e), e);
      }
    }
  }

  @Override
  public void close() {
    session.disconnect();
  }
}
