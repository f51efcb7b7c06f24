package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Observer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the outputs meanwhile only ever sees whole files. */
class ObserverAcceptanceTest {
  @TempDir Path folder;

  @Test
  void everyFileIsWholeWhenItIsFirstSeen() {
    try (Workbench bench = new Workbench(folder);
        Observer observer =
            new Observer(
                folder.resolve("success"),
                folder.resolve("dead-letter"),
                folder.resolve("report"),
                folder.resolve("rejected"),
                folder.resolve("archive"))) {
      bench.with("facedrop.publish.interval", "200ms").with("facedrop.api.rate", "800/s");
      String cell = "x".repeat(4_000);
      String[] lines = new String[2_001];
      lines[0] = "image_url,n,cell";
      for (int n = 1; n < lines.length; n++) {
        lines[n] = Workbench.url(n % 10 == 0 ? "code-422" : "ok", n) + "," + n + "," + cell;
      }
      try (Workbench.Serving serving = bench.serve()) {
        bench.drop(bench.manifest("m.csv", lines));
        bench.drop(bench.manifest("broken.csv", "image_url,cell", "https://a.example/1.png"));
        await()
            .atMost(Duration.ofSeconds(90))
            .until(
                () ->
                    serving.hasBatches(1)
                        && serving.onlyBatch().complete()
                        && bench.files("rejected").size() == 2);
      }
      observer.sawOnlyWholeFiles();
      assertThat(observer.seen().values())
          .as("what was seen is what the ledger says was written")
          .containsAll(bench.ledgerFile().texts("select sha256 from part"));
      for (String output : List.of("success", "dead-letter")) {
        assertThat(bench.files(output)).as(output).hasSizeGreaterThan(1);
      }
      bench.assertNothingMissing();
    }
  }
}
