package io.facedrop.nodes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A pooler that lends a connection to the server for one transaction at a time. */
final class PgBouncer implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

  private final int port;
  private final Path log;
  private final Process process;

  /**
   * @param most connections that it opens to a database
   */
  PgBouncer(Path folder, int server, int most) {
    try {
      port = freePort();
      log = folder.resolve("pgbouncer.log");
      Path users =
          Files.writeString(folder.resolve("users.txt"), "\"" + Database.USER + "\" \"\"\n");
      Path settings =
          Files.writeString(
              folder.resolve("pgbouncer.ini"),
              """
              [databases]
              * = host=127.0.0.1 port=%d

              [pgbouncer]
              listen_addr = 127.0.0.1
              listen_port = %d
              unix_socket_dir =
              auth_type = trust
              auth_file = %s
              pool_mode = transaction
              default_pool_size = %d
              max_client_conn = 200
              ignore_startup_parameters = extra_float_digits
              server_login_retry = 1
              """
                  .formatted(server, port, users, most));
      process =
          new ProcessBuilder(command(settings))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new IllegalStateException("the pooler does not start; see " + log);
    }
  }

  static Optional<Path> program() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /** It does not run as root. */
  private static List<String> command(Path settings) {
    Stream<String> before =
        System.getProperty("user.name").equals("root") ? Stream.of("unshare", "-U") : Stream.of();
    List<String> command = new ArrayList<>(before.toList());
    command.add(program().orElseThrow().toString());
    command.add(settings.toString());
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
