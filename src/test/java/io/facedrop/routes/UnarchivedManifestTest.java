package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.OutputRenderer;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch completes while the volume of the inbox is away. */
class UnarchivedManifestTest extends RouteTest {
  private static final String ROW = "image_url\nhttps://a.example/1.png\n";

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest", "publish-outcomes");
  }

  @Test
  void archivesTheManifestWhenTheInboxIsBack() throws Exception {
    LogLines log = LogLines.of(OutputRenderer.class);
    drop("partner/m.csv", ROW);
    context.start();
    Batch batch = onlyBatch();
    Path inbox = home.resolve("inbox");
    Path unmounted = Files.move(inbox, home.resolve("unmounted"));
    prepared.settle(PreparedLedger::success);
    awaitComplete(1);
    assertThat(files("archive")).isEmpty();
    assertThat(log.everything()).contains(batch.id(), "when it is there again");

    Files.move(unmounted, inbox);
    soon().until(() -> files("archive").size() == 1);
    assertThat(files("archive").get(0)).endsWith("/" + batch.id() + "-m.csv");
    assertThat(home.resolve("archive").resolve(files("archive").get(0))).hasContent(ROW);
    soon().until(() -> entries("inbox/.work").isEmpty());
    assertThat(ledger.newestBatches(10)).as("not taken for a new one").hasSize(1);
    assertThat(files("report")).hasSize(2);
  }
}
