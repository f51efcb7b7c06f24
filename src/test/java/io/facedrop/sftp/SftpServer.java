package io.facedrop.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on loopback, whose accounts all see one folder as their root. */
public final class SftpServer implements AutoCloseable {
  public static final String USER = "partner";
  public static final String PASSWORD = "canary-pw-81c0";

  private final Path root;
  private final int port;
  private final AtomicInteger logins = new AtomicInteger();
  private KeyPair hostKey;
  private final SftpSubsystemFactory sftp = new SftpSubsystemFactory();
  private PublicKey userKey;
  private SshServer server;

  private SftpServer(Path root, int port, KeyPair hostKey) {
    this.root = root;
    this.port = port;
    this.hostKey = hostKey;
  }

  /** Starts a server that shows this folder. */
  public static SftpServer start(Path root) {
    try {
      Files.createDirectories(root);
      SftpServer server = new SftpServer(root, freePort(), newKey());
      server.restart();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A key pair of a kind that every Java knows. */
  public static KeyPair newKey() {
    try {
      return KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a private key as ssh-keygen does, locked by a passphrase. */
  public static Path keyFile(Path file, KeyPair key, String passphrase) {
    OpenSSHKeyEncryptionContext locked = new OpenSSHKeyEncryptionContext();
    locked.setPassword(passphrase);
    locked.setCipherType("256");
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "partner", locked, out);
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets this key in, as well as the password. */
  public SftpServer trusting(PublicKey key) {
    userKey = key;
    return this;
  }

  /** Tells this listener, which may refuse, from the next connection on. */
  public SftpServer telling(SftpEventListener listener) {
    sftp.addSftpEventListener(listener);
    return this;
  }

  /** Goes on under another host key, as somebody in between would. */
  public void changeHostKey() {
    hostKey = newKey();
    restart();
  }

  /** Stops and starts again on the same port. */
  public void restart() {
    stop();
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(session -> List.of(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> counted(user.equals(USER) && password.equals(PASSWORD)));
    server.setPublickeyAuthenticator(
        (user, key, session) -> counted(userKey != null && KeyUtils.compareKeys(key, userKey)));
    server.setSubsystemFactories(List.of(sftp));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root.toAbsolutePath()));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean counted(boolean accepted) {
    if (accepted) {
      logins.incrementAndGet();
    }
    return accepted;
  }

  /** How often somebody was let in. */
  public int logins() {
    return logins.get();
  }

  public int port() {
    return port;
  }

  public Path root() {
    return root;
  }

  /** The folder's address on this server, or through a relay in front of it. */
  public String uri(int throughPort, String folder) {
    return "sftp://" + USER + "@127.0.0.1:" + throughPort + "/" + folder;
  }

  public String uri(String folder) {
    return uri(port, folder);
  }

  /** Writes a known-hosts file with this server's key for its own port and others. */
  public Path knownHosts(Path file, int... otherPorts) {
    StringBuilder lines = new StringBuilder();
    append(lines, port);
    for (int other : otherPorts) {
      append(lines, other);
    }
    try {
      return Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(StringBuilder lines, int at) {
    try {
      lines.append("[127.0.0.1]:").append(at).append(' ');
      PublicKeyEntry.appendPublicKeyEntry(lines, hostKey.getPublic()).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void stop() {
    if (server != null) {
      try {
        server.stop(true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
