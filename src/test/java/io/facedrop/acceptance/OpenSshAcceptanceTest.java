package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.sftp.OpenSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar and OpenSSH's own server, with keys as {@code ssh-keygen} makes them. */
@Timeout(180)
class OpenSshAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path in;

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectories(folder.resolve("server/in"));
  }

  private OpenSsh server() {
    return OpenSsh.start(folder.resolve("server"), folder.resolve("sshd"));
  }

  private Installation installed(OpenSsh server, StrangeApi api) {
    return new Installation(folder.resolve("home"), api.uri().toString())
        .with("facedrop.api.rate", "unlimited")
        .with("facedrop.faces.await", "false")
        .with("facedrop.sftp.uri", server.uri("in"))
        .with("facedrop.sftp.key-file", server.key().toString())
        .with("facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
        .with("facedrop.sftp.poll-interval", "200ms")
        .with("facedrop.sftp.quiet-time", "500ms");
  }

  @Test
  void picksUpFromOpenSshWithKeysAsSshKeygenMakesThem() throws IOException {
    try (OpenSsh server = server();
        StrangeApi api = new StrangeApi();
        Installation facedrop = installed(server, api)) {
      picksUp(facedrop);
    }
  }

  @Test
  void takesSshRsaOnlyWhereThatIsSaid() throws IOException {
    try (OpenSsh server = OpenSsh.old(folder.resolve("server"), folder.resolve("sshd"));
        StrangeApi api = new StrangeApi();
        Installation facedrop = installed(server, api)) {
      Cli refused = facedrop.start("check");
      assertThat(refused.exitCode()).as(refused.said()).isEqualTo(2);
      assertThat(refused.said()).contains("facedrop.sftp.ssh-rsa=on");

      facedrop.with("facedrop.sftp.ssh-rsa", "on");
      Cli checked = facedrop.start("check");
      assertThat(checked.exitCode()).as(checked.said()).isZero();
      picksUp(facedrop);
    }
  }

  @Test
  void saysThatNothingCanBeClaimedWhereTheWorkingFolderCannotBeMade() throws IOException {
    Files.writeString(in.resolve(".work"), "not a folder");
    try (OpenSsh server = server();
        StrangeApi api = new StrangeApi();
        Installation facedrop = installed(server, api)) {
      Cli check = facedrop.start("check");
      assertThat(check.exitCode()).as(check.said()).isEqualTo(2);
      assertThat(check.said()).contains("there is a file in place of the folder .work");

      drop();
      Cli serve = facedrop.start("serve");
      waitFor(serve, () -> status(facedrop).contains(" failing since "));
      assertThat(status(facedrop)).containsPattern("sftp: .* failing since .*in/\\.work");
      Files.delete(in.resolve(".work"));
      waitFor(serve, () -> status(facedrop).matches("(?s).*sftp: \\S+ watched since.*"));
      waitFor(serve, () -> !files(in.resolve(".archive")).isEmpty());
      assertThat(serve.terminate()).isZero();
    }
  }

  /** As root may write anywhere, another account logs in. */
  @Test
  void checkSaysThatNothingCanBeWritten() {
    OpenSsh.Account account = OpenSsh.Account.forTests();
    try (OpenSsh server = server();
        StrangeApi api = new StrangeApi();
        Installation facedrop = installed(server, api)) {
      openToAll(folder);
      facedrop
          .with("facedrop.sftp.uri", server.uri(account, "in"))
          .with("facedrop.sftp.password", account.password())
          .with("facedrop.sftp.key-file", "");
      Cli check = facedrop.start("check");

      assertThat(check.exitCode()).as(check.said()).isEqualTo(2);
      assertThat(check.said())
          .contains("nothing can be written there", "the account needs to read, write and rename");
    }
  }

  private static void openToAll(Path folder) {
    for (Path open = folder; open.toFile().setExecutable(true, false); open = open.getParent()) {
      if (open.getParent() == null || open.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
        return;
      }
    }
  }

  private void drop() throws IOException {
    Files.writeString(in.resolve("m.csv"), "image_url\n" + Installation.url(1, "fine") + "\n");
  }

  private void picksUp(Installation facedrop) throws IOException {
    Cli serve = facedrop.start("serve");
    drop();
    waitFor(serve, () -> !files(in.resolve(".archive")).isEmpty());

    assertThat(files(in.resolve(".archive"))).as(serve.said()).hasSize(1);
    assertThat(facedrop.rows("success")).hasSize(1);
    assertThat(serve.terminate()).isZero();
  }

  private static void waitFor(Cli serve, Callable<Boolean> news) {
    await().atMost(PATIENCE).alias(serve.said()).until(() -> !serve.isAlive() || news.call());
  }

  private static String status(Installation facedrop) {
    Cli status = facedrop.start("status");
    assertThat(status.exitCode()).as(status.said()).isZero();
    return status.said();
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
