package io.facedrop.sftp;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * OpenSSH's own {@code sshd} on loopback, whose SFTP sessions begin in one folder; the test is left
 * out where there is none. It lets in whoever runs the test by {@link #key}, and by password the
 * {@link Account} that was made for tests. Its address is {@link #uri}, its host key in {@link
 * #knownHosts}; {@link #restart} ends every session too.
 */
public final class OpenSsh implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path root;
  private final Path work;
  private final int port;
  private final String moreConfig;
  private Process process;

  /**
   * An account of this machine with nothing but a password, which the environment variable
   * TEST_SSH_ACCOUNT names as {@code user:password}.
   */
  public record Account(String user, String password) {
    /** The account; the test is left out where there is none. */
    public static Account forTests() {
      String account = System.getenv("TEST_SSH_ACCOUNT");
      Assumptions.assumeTrue(account != null, "left out: TEST_SSH_ACCOUNT names no account");
      String[] parts = account.split(":", 2);
      return new Account(parts[0], parts[1]);
    }
  }

  private OpenSsh(Path root, Path work, int port, String moreConfig) {
    this.root = root;
    this.work = work;
    this.port = port;
    this.moreConfig = moreConfig;
  }

  /**
   * Starts a server.
   *
   * @param root the folder that is shown; without blanks
   * @param work a folder for its keys and its log
   */
  public static OpenSsh start(Path root, Path work) {
    return start(root, work, "ed25519", "");
  }

  /** One that knows no better signature than ssh-rsa, as servers of 2013 and appliances do. */
  public static OpenSsh old(Path root, Path work) {
    return start(
        root, work, "rsa", "HostKeyAlgorithms ssh-rsa\nPubkeyAcceptedAlgorithms ssh-rsa\n");
  }

  private static OpenSsh start(Path root, Path work, String keys, String config) {
    Assumptions.assumeTrue(
        Files.isExecutable(SSHD), "left out: it needs OpenSSH's server as " + SSHD);
    try (ServerSocket free = new ServerSocket(0)) {
      Files.createDirectories(root);
      Files.createDirectories(work);
      OpenSsh server =
          new OpenSsh(root.toAbsolutePath(), work.toAbsolutePath(), free.getLocalPort(), config);
      server.newKey("host", keys);
      server.newKey("user", keys);
      Files.copy(work.resolve("user.pub"), work.resolve("authorized"));
      free.close();
      server.restart();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void newKey(String name, String type) {
    command("-q", "-t", type, "-N", "", "-C", name, "-f", work.resolve(name).toString());
  }

  private static void command(String... arguments) {
    try {
      List<String> command = new java.util.ArrayList<>(List.of("ssh-keygen"));
      command.addAll(List.of(arguments));
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops, with every session, and starts again on the same port. */
  public void restart() {
    stop();
    try {
      if (user().equals("root")) {
        Files.createDirectories(Path.of("/run/sshd"));
      }
      Path config = Files.writeString(work.resolve("config"), config());
      process =
          new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(30)).until(this::isListening);
  }

  private String config() {
    return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        UsePAM no
        StrictModes no
        PermitRootLogin prohibit-password
        PasswordAuthentication yes
        KbdInteractiveAuthentication no
        Subsystem sftp internal-sftp
        ForceCommand internal-sftp -d %s
        """
            .formatted(port, work.resolve("host"), work.resolve("authorized"), root)
        + moreConfig;
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new IllegalStateException("sshd has ended: " + log());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the server says. */
  public Path log() {
    return work.resolve("log");
  }

  /** The private key that is let in, without a passphrase. */
  public Path key() {
    return work.resolve("user");
  }

  /** Writes a known-hosts file with this server's key for its own port and others. */
  public Path knownHosts(Path file, int... otherPorts) {
    try {
      String key = Files.readString(work.resolve("host.pub"));
      StringBuilder lines = new StringBuilder("[127.0.0.1]:" + port + " " + key);
      for (int other : otherPorts) {
        lines.append("[127.0.0.1]:").append(other).append(' ').append(key);
      }
      return Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public Path root() {
    return root;
  }

  /** The folder's address on this server, or through a relay in front of it. */
  public String uri(int throughPort, String folder) {
    return "sftp://" + user() + "@127.0.0.1:" + throughPort + "/" + folder;
  }

  public String uri(String folder) {
    return uri(port, folder);
  }

  /** The folder's address for another account. */
  public String uri(Account account, String folder) {
    return "sftp://" + account.user() + "@127.0.0.1:" + port + "/" + folder;
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  /** Stops, with every session. */
  public void stop() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      process = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
