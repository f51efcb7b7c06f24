package io.facedrop.acceptance;

import static io.facedrop.acceptance.SftpFolder.MANIFEST;
import static io.facedrop.acceptance.SftpFolder.complete;
import static io.facedrop.acceptance.SftpFolder.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.sftp.BreakingLine;
import io.facedrop.sftp.OpenSsh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenSshPickUpAcceptanceTest extends PickUp {
  private OpenSsh server;

  @BeforeEach
  void start() {
    server = OpenSsh.start(folder.resolve("server"), folder.resolve("sshd"));
    watch(server.uri("in"), knownHosts());
    bench.with("facedrop.sftp.key-file", server.key().toString());
  }

  private Path knownHosts(int... ports) {
    return server.knownHosts(folder.resolve("known"), ports);
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
  }

  @Test
  void worksWhatAPartnerUploadsAndArchivesItThere() {
    in.upload("partner/m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      Batch batch = complete(serving);
      assertThat(in.settled(".archive/partner/")).endsWith(batch.id() + "-m.csv");
    }
    bench.assertNothingMissing();
  }

  @Test
  void logsInWithAPassword() throws IOException {
    OpenSsh.Account account = OpenSsh.Account.forTests();
    for (Path open : List.of(folder, server.root(), in.path())) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    bench
        .with("facedrop.sftp.uri", server.uri(account, "in"))
        .with("facedrop.sftp.password", account.password())
        .with("facedrop.sftp.key-file", "");
    in.upload("m.csv", MANIFEST);
    in.files().forEach(this::readableByAll);
    try (Workbench.Serving serving = bench.serve()) {
      complete(serving);
      in.settled(".archive");
    }
    bench.assertNothingMissing();
  }

  private void readableByAll(String file) {
    try {
      Files.setPosixFilePermissions(
          in.path().resolve(file), PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void setsARejectedManifestAside() {
    in.upload("partner/m.csv", "n,photo\n1,2\n");
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(in.settled(".rejected/partner/")).endsWith("-m.csv");
      assertThat(serving.hasBatches(0)).isTrue();
    }
  }

  @Test
  void leavesAloneWhatIsNoOrdinaryFile() throws IOException {
    leavesAlone(List.of("*.csv", "?.csv", "a\\b.csv", "x*/m.csv", "a\nb.csv", ".m.csv"));
  }

  @Test
  void fetchesAFileWholeThoughTheConnectionBreaksAtEveryTenthAndTheServerRestarts()
      throws IOException {
    try (BreakingLine line = BreakingLine.to(server.port())) {
      knownHosts(line.port());
      bench.with("facedrop.sftp.uri", server.uri(line.port(), "in"));
      fetchesWhole(line, this::restartTheServer);
    }
  }

  private void restartTheServer(BreakingLine line) {
    soon().until(() -> line.cuts() >= 4);
    server.restart();
  }
}
