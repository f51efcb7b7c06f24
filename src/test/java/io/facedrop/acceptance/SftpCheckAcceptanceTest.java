package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.files.Tree;
import io.facedrop.sftp.SftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check says of SFTP servers. */
class SftpCheckAcceptanceTest {
  @TempDir Path folder;
  private SftpServer server;
  private Workbench bench;

  @BeforeEach
  void start() throws Exception {
    server = SftpServer.start(folder.resolve("server"));
    Files.createDirectories(server.root().resolve("in"));
    Files.createDirectories(server.root().resolve("report"));
    bench =
        new Workbench(folder)
            .onServer(server)
            .with("facedrop.success.uri", server.uri("report"))
            .with("facedrop.sftp.uri", server.uri("in"));
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
  }

  @Test
  void connectsToEachPlaceOnceAndLeavesNothingBehind() {
    Cli check = check();

    assertThat(check.exitCode()).as(check.toString()).isZero();
    assertThat(lines(check))
        .contains(
            "SFTP           " + server.uri("in") + " (facedrop.sftp.uri): connected",
            "SFTP           "
                + server.uri("report")
                + " (facedrop.success.uri, facedrop.report.uri): connected",
            "SFTP           "
                + server.uri("archive")
                + " (facedrop.archive.uri): connected; the folder is not there yet: serve or run makes it with its first file")
        .hasSize(5);
    assertThat(Tree.files(server.root())).isEmpty();
    assertThat(server.root().resolve("archive")).doesNotExist();
  }

  @Test
  void tellsWhatIsWrong() {
    server.changeHostKey();
    bench.with("facedrop.sftp.uri", server.uri("nowhere"));
    says(ExitCode.USAGE, "the server does not show the host key that facedrop.sftp.known-hosts");

    server.knownHosts(folder.resolve("known"));
    says(ExitCode.USAGE, "connected, but there is no such folder");

    bench.with("facedrop.sftp.password", "not-this-one");
    says(ExitCode.USAGE, "the server refuses the login");

    server.stop();
    says(ExitCode.RESUMABLE, "the server cannot be reached");
  }

  private void says(int code, String words) {
    Cli check = check();
    assertThat(check.exitCode()).as(check.toString()).isEqualTo(code);
    assertThat(lines(check)).anyMatch(line -> line.contains(words));
    assertThat(check.out() + check.err()).doesNotContain("\tat ", SftpServer.PASSWORD);
  }

  private Cli check() {
    return Cli.finished(folder, bench.asOptions(), "check");
  }

  private static List<String> lines(Cli check) {
    return check.out().lines().filter(line -> line.startsWith("SFTP")).toList();
  }
}
