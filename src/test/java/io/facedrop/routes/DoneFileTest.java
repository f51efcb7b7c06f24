package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoneFileTest extends RouteTest {
  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Override
  Map<String, String> properties() {
    return Map.of("facedrop.inbox.done-file", "${file:name}.done");
  }

  @Override
  Duration quiet() {
    return Duration.ZERO;
  }

  @Test
  void takesAManifestOnlyWithItsDoneFileAndRemovesThat() throws Exception {
    Path waiting = drop("partner/waiting.csv", "image_url\nhttps://a.example/1.png\n");
    drop("partner/$1 ready.csv", "image_url\nhttps://a.example/2.png\n");
    Path done = drop("partner/$1 ready.csv.done", "");
    context.start();
    assertThat(onlyBatch().manifest()).isEqualTo("$1 ready.csv");
    assertThat(done).doesNotExist();
    assertThat(waiting).exists();
    Files.createFile(waiting.resolveSibling("waiting.csv.done"));
    soon().until(() -> ledger.newestBatches(10).size() == 2);
    assertThat(files("inbox")).hasSize(2).allMatch(file -> file.startsWith(".work/"));
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void takesOthersBesideANameThatCamelWouldEvaluate() throws Exception {
    Path odd = drop("${body}.csv", "image_url\nhttps://a.example/1.png\n");
    drop("${body}.csv.done", "");
    drop("ready.csv", "image_url\nhttps://a.example/2.png\n");
    drop("ready.csv.done", "");
    context.start();
    assertThat(onlyBatch().manifest()).isEqualTo("ready.csv");
    assertThat(odd).exists();
  }
}
