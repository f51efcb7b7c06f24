package io.facedrop.acceptance;

import static io.facedrop.acceptance.SftpFolder.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sftp.SftpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills serve at random moments while a partner uploads; {@code -Dsftp.seed} repeats a course. */
class SftpCrashAcceptanceTest {
  private static final int KILLS = Integer.getInteger("sftp.kills", 6);
  private static final int ROWS = 20;
  private static final int CONCURRENCY = 8;

  @TempDir Path folder;

  @Test
  void losesNothingThatWasUploadedAndPaysForNothingTwice() {
    long seed = Long.getLong("sftp.seed", System.nanoTime());
    System.out.println("-Dsftp.seed=" + seed);
    Random random = new Random(seed);
    SftpFolder in = SftpFolder.in(folder.resolve("server/in"));
    try (SftpServer server = SftpServer.start(folder.resolve("server"));
        Workbench bench = bench(server)) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (Cli serve = new Cli(folder, bench.asOptions(), "serve")) {
          IntStream.range(0, 3).forEach(n -> upload(in, random));
          pause(random.nextInt(1_500, 5_000));
        }
      }
      int manifests = in.files().size();
      assertThat(manifests).isEqualTo(KILLS * 3);
      try (Workbench.Serving serving = bench.serve()) {
        soon().until(() -> serving.hasBatches(manifests));
        soon().until(() -> serving.ledger().openBatches().isEmpty());
        soon().until(() -> in.files().stream().allMatch(file -> file.startsWith(".archive")));
      }
      assertThat(in.files()).hasSize(manifests);
      assertSumsAddUp(bench, manifests);
    }
  }

  private Workbench bench(SftpServer server) {
    return new Workbench(folder)
        .with("facedrop.sftp.uri", server.uri("in"))
        .with("facedrop.sftp.password", SftpServer.PASSWORD)
        .with("facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
        .with("facedrop.sftp.poll-interval", "100ms")
        .with("facedrop.sftp.quiet-time", "200ms")
        .with("facedrop.api.rate", "60/s")
        .with("facedrop.api.concurrency", String.valueOf(CONCURRENCY));
  }

  private static void upload(SftpFolder in, Random random) {
    long name = random.nextLong(1L << 40);
    in.upload(
        "p" + random.nextInt(3) + "/m" + name + ".csv",
        "image_url\n"
            + IntStream.range(0, ROWS)
                .mapToObj(n -> Workbench.url("ok/" + name, n) + "\n")
                .collect(Collectors.joining()));
  }

  private static void assertSumsAddUp(Workbench bench, int manifests) {
    List<Batch> batches = bench.ledger(ledger -> ledger.newestBatches(1_000));
    assertThat(batches).hasSize(manifests).allMatch(Batch::complete);
    assertThat(bench.successes().size() + bench.deadLetters().size()).isEqualTo(manifests * ROWS);
    assertThat(bench.deadLetters())
        .hasSizeLessThanOrEqualTo(KILLS * CONCURRENCY)
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
    assertThat(bench.files("rejected")).isEmpty();
    assertThat(bench.sandbox().journal().stream().map(Arrival::imageUrl).toList())
        .doesNotHaveDuplicates();
  }

  private static void pause(long millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }
}
