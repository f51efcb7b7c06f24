package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.files.Observer;
import io.facedrop.ledger.model.Batch;
import io.facedrop.sftp.OpenSsh;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every output on an SFTP server, by serve as it is. */
class SftpOutputsAcceptanceTest {
  @TempDir Path folder;

  @Test
  void everyOutputIsPublishedToTheServerWithItsSubfolders() throws Exception {
    try (SftpServer server = SftpServer.start(folder.resolve("server"));
        Workbench bench = new Workbench(folder).onServer(server)) {
      bench.with("facedrop.acknowledge", "true");
      publishesEverything(bench, server.root());
    }
  }

  /** What cannot be read back is known by its size. */
  @Test
  void anAccountThatMayWriteAndNotReadHasEveryOutput() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    SftpEventListener writeOnly =
        new SftpEventListener() {
          @Override
          public void opening(ServerSession session, String id, Handle handle) throws IOException {
            if (handle instanceof FileHandle file
                && !file.getOpenOptions().contains(StandardOpenOption.WRITE)) {
              refused.incrementAndGet();
              throw new AccessDeniedException(handle.getFile().toString());
            }
          }
        };
    try (SftpServer server = SftpServer.start(folder.resolve("server")).telling(writeOnly)) {
      server.restart();
      try (Workbench bench = new Workbench(folder).onServer(server)) {
        bench.with("facedrop.acknowledge", "true");
        publishesEverything(bench, server.root());
      }
    }
    assertThat(refused).hasPositiveValue();
  }

  @Test
  void everyOutputIsPublishedToOpenSshByAKey() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder.resolve("server"), folder.resolve("ssh"));
        Workbench bench = new Workbench(folder)) {
      bench.shownAt(server.root());
      for (String output : Workbench.OUTPUTS) {
        bench.with("facedrop." + output + ".uri", server.uri(output));
      }
      bench
          .with("facedrop.sftp.key-file", server.key().toString())
          .with("facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
          .with("facedrop.acknowledge", "true");
      publishesEverything(bench, server.root());
    }
  }

  @Test
  void openSshThatIsAwayForAWhileIsWaitedFor() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder.resolve("server"), folder.resolve("ssh"));
        Workbench bench = new Workbench(folder).shownAt(server.root())) {
      for (String output : Workbench.OUTPUTS) {
        bench.with(
            "facedrop." + output + ".uri", server.uri(output) + "?privateKeyFile=" + server.key());
      }
      bench
          .with("facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
          .with("facedrop.publish.interval", "500ms")
          .with("facedrop.api.rate", "20/s");
      try (Workbench.Running run = bench.start(bench.manifest("m.csv", 60, Map.of()));
          Observer observer = new Observer(server.root())) {
        Workbench.until(() -> !bench.files("success").isEmpty());
        server.stop();
        Workbench.until(() -> isInTrouble(bench));
        server.restart();
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        observer.sawOnlyWholeFiles();
      }
      bench.assertNothingMissing();
    }
  }

  private static boolean isInTrouble(Workbench bench) {
    return bench.ledger(ledger -> ledger.links()).stream()
        .anyMatch(link -> link.place().equals("output success") && !link.trouble().isEmpty());
  }

  private void publishesEverything(Workbench bench, Path root) throws Exception {
    String odd = "a * of [m] 'é'?.csv";
    String known = "a _ of [m] 'é'_.csv";
    try (Workbench.Serving serving = bench.serve();
        Observer observer = new Observer(root)) {
      Path partner = Files.createDirectories(folder.resolve("inbox/part*ner"));
      Path manifest = bench.manifest(odd, 20, Map.of(3, "code-422"));
      Path broken = bench.manifest("broken?.csv", "image_url,cell", "https://a.example/1.png");
      Files.move(manifest, partner.resolve(odd));
      Files.move(broken, partner.resolve("broken?.csv"));
      Workbench.until(() -> serving.hasBatches(1) && serving.onlyBatch().complete());
      Workbench.until(() -> bench.files("rejected").size() == 2);
      Batch batch = serving.onlyBatch();
      String stem = "part_ner/" + known.replace(".csv", "") + "." + batch.id();
      assertThat(bench.names("success")).containsExactly(stem + ".success-0001.csv");
      assertThat(bench.names("dead-letter")).containsExactly(stem + ".dead-letter-0001.csv");
      assertThat(bench.names("report"))
          .containsExactly(stem + ".accepted.json", stem + ".report.html", stem + ".report.json");
      assertThat(bench.names("archive"))
          .singleElement()
          .asString()
          .startsWith("part_ner/")
          .endsWith(batch.id() + "-" + known);
      assertThat(bench.names("rejected"))
          .allMatch(name -> name.startsWith("part_ner/") && name.contains("-broken_.csv"));
      Workbench.until(
          () ->
              !bench
                  .ledgerFile()
                  .texts("select kept_as from arrival where code is not null")
                  .isEmpty());
      assertThat(Cli.finished(folder, bench.asOptions(), "status").out())
          .containsPattern(
              "rejected: part\\*ner/broken\\?\\.csv: .*; kept as sftp://[^@/]+/.*/part_ner/.*-broken_\\.csv\n");
      observer.sawOnlyWholeFiles();
      assertThat(observer.seen().values())
          .containsAll(bench.ledgerFile().texts("select sha256 from part"));
    }
    bench.assertNothingMissing();
  }
}
