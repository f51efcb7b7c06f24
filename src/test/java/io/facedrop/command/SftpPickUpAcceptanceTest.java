package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import io.facedrop.ledger.Batch;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpPickUpAcceptanceTest {
  @TempDir Path folder;
  private SftpServer server;
  private Workbench bench;

  @BeforeEach
  void start() throws IOException {
    server = SftpServer.start(folder.resolve("server"));
    Files.createDirectories(folder.resolve("server/in"));
    bench =
        new Workbench(folder)
            .with("facedrop.sftp.uri", server.uri("in"))
            .with("facedrop.sftp.password", SftpServer.PASSWORD)
            .with(
                "facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
            .with("facedrop.sftp.poll-interval", "200ms")
            .with("facedrop.sftp.quiet-time", "500ms");
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
  }

  @Test
  void worksWhatAPartnerUploadsAndArchivesItThere() throws IOException {
    upload("partner/north/m.csv", "n,image_url\n1,https://a.example/1.png\n");
    try (Workbench.Serving serving = bench.serve()) {
      soon().until(() -> serving.hasBatches(1) && serving.onlyBatch().complete());
      Batch batch = serving.onlyBatch();
      assertThat(batch.folder()).isEqualTo("partner/north/");
      assertThat(batch.manifest()).isEqualTo("m.csv");
      soon().until(() -> remote().get(0).startsWith(".archive"));
      assertThat(remote())
          .singleElement()
          .asString()
          .matches("\\.archive/partner/north/\\d{4}-\\d\\d-\\d\\d/" + batch.id() + "-m\\.csv");
    }
    assertThat(bench.files("success/partner/north")).hasSize(1);
    bench.assertNothingMissing();
  }

  private List<String> remote() {
    Path in = folder.resolve("server/in");
    return Tree.files(in).stream().map(file -> in.relativize(file).toString()).sorted().toList();
  }

  private void upload(String name, String content) throws IOException {
    Path file = folder.resolve("server/in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
  }
}
