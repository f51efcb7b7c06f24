package io.facedrop.acceptance;

import static io.facedrop.acceptance.SftpFolder.MANIFEST;
import static io.facedrop.acceptance.SftpFolder.complete;
import static io.facedrop.acceptance.SftpFolder.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.sftp.BreakingLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are picked up from an SFTP server, whichever it is. */
abstract class PickUp {
  @TempDir Path folder;
  SftpFolder in;
  Workbench bench;

  /** Settings of a bench that watches a folder of the server. */
  void watch(String uri, Path knownHosts) {
    in = SftpFolder.in(folder.resolve("server/in"));
    bench =
        new Workbench(folder)
            .with("facedrop.sftp.uri", uri)
            .with("facedrop.sftp.known-hosts", knownHosts.toString())
            .with("facedrop.sftp.poll-interval", "200ms")
            .with("facedrop.sftp.quiet-time", "500ms");
  }

  /** Takes an ordinary file, but neither links nor files that are named like these. */
  void leavesAlone(List<String> names) throws IOException {
    Path secret = Files.writeString(folder.resolve("server/secret.csv"), MANIFEST);
    Files.createSymbolicLink(in.path().resolve("link.csv"), secret);
    Files.createSymbolicLink(in.path().resolve("linked"), folder.resolve("server"));
    names.forEach(name -> in.upload(name, "image_url\nhttps://images.example.com/" + name + "\n"));
    in.upload("m.csv", MANIFEST);
    try (Workbench.Serving serving = bench.serve()) {
      assertThat(complete(serving).rows()).isEqualTo(1);
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(in.files()).containsAll(names);
      assertThat(serving.hasBatches(1)).isTrue();
    }
    assertThat(secret).exists();
    assertThat(in.path().resolve("link.csv")).isSymbolicLink();
  }

  /**
   * Fetches a file whole over a line that breaks at every tenth of it.
   *
   * @param meanwhile happens while it is fetched
   */
  void fetchesWhole(BreakingLine line, Consumer<BreakingLine> meanwhile) throws IOException {
    int size = 20_000_000;
    String content = SftpFolder.fat(size);
    line.cutAfter(() -> line.cuts() < 9 ? (line.cuts() + 1L) * size / 10 : Long.MAX_VALUE);
    in.upload("m.csv", content);
    try (Workbench.Serving serving = bench.serve()) {
      meanwhile.accept(line);
      complete(serving);
      assertThat(in.settled(".archive")).endsWith("-m.csv");
    }
    assertThat(line.cuts()).isEqualTo(9);
    bench.assertNothingMissing();
    assertThat(Files.readString(bench.files("archive").get(0))).isEqualTo(content);
  }
}
