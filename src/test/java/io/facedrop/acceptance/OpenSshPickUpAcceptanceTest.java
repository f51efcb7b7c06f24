package io.facedrop.acceptance;

import static io.facedrop.acceptance.SftpFolder.MANIFEST;
import static io.facedrop.acceptance.SftpFolder.complete;
import static io.facedrop.acceptance.SftpFolder.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.Batch;
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
import org.junit.jupiter.api.io.TempDir;

class OpenSshPickUpAcceptanceTest {
  @TempDir Path folder;
  private OpenSsh server;
  private SftpFolder in;
  private Workbench bench;

  @BeforeEach
  void start() {
    server = OpenSsh.start(folder.resolve("server"), folder.resolve("sshd"));
    in = SftpFolder.in(folder.resolve("server/in"));
    bench =
        new Workbench(folder)
            .with("facedrop.sftp.uri", server.uri("in"))
            .with("facedrop.sftp.key-file", server.key().toString())
            .with("facedrop.sftp.known-hosts", knownHosts().toString())
            .with("facedrop.sftp.poll-interval", "200ms")
            .with("facedrop.sftp.quiet-time", "500ms");
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
    Path secret = Files.writeString(folder.resolve("server/secret.csv"), MANIFEST);
    Files.createSymbolicLink(in.path().resolve("link.csv"), secret);
    Files.createSymbolicLink(in.path().resolve("linked"), folder.resolve("server"));
    List<String> left = List.of("*.csv", "?.csv", "a\\b.csv", "x*/m.csv", "a\nb.csv", ".m.csv");
    left.forEach(name -> in.upload(name, "image_url\nhttps://images.example.com/" + name + "\n"));
    in.upload("m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(complete(serving).rows()).isEqualTo(1);
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).containsAll(left);
      assertThat(serving.hasBatches(1)).isTrue();
    }
    assertThat(secret).exists();
    assertThat(in.path().resolve("link.csv")).isSymbolicLink();
  }

  @Test
  void fetchesAFileWholeThoughTheConnectionBreaksAtEveryTenthAndTheServerRestarts()
      throws IOException {
    int size = 20_000_000;
    String content = SftpFolder.fat(size);
    try (BreakingLine line = BreakingLine.to(server.port())) {
      knownHosts(line.port());
      bench.with("facedrop.sftp.uri", server.uri(line.port(), "in"));
      line.cutAfter(() -> line.cuts() < 9 ? (line.cuts() + 1L) * size / 10 : Long.MAX_VALUE);
      in.upload("m.csv", content);
      try (Workbench.Serving serving = bench.serve()) {
        soon().until(() -> line.cuts() >= 4);
        server.restart();
        complete(serving);
        assertThat(in.settled(".archive")).endsWith("-m.csv");
      }
      assertThat(line.cuts()).isEqualTo(9);
    }
    bench.assertNothingMissing();
    assertThat(Files.readString(bench.files("archive").get(0))).isEqualTo(content);
  }
}
