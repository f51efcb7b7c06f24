package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.acceptance.StrangeApi.Reply;
import io.facedrop.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal answers at three in the morning. */
class StatusAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void saysWhatWantsAnOperatorAndWhy() throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop =
            new Installation(folder, api.uri().toString())
                .with("facedrop.api.rate", "50/s")
                .with("facedrop.gate.probe-interval", "1h")
                .with("facedrop.faces.await", "false")) {
      api.behave(request -> Reply.of(200, "{\"code\":401,\"message\":\"key revoked\"}"));
      Cli serve = facedrop.start("serve");
      facedrop.write("data/inbox/broken.csv", "name\nnobody\n");
      facedrop.manifest("data/inbox/m.csv", 400, Map.of());
      await().atMost(PATIENCE).until(() -> facedrop.ledger().haltedBy() == 401);
      await().atMost(PATIENCE).until(() -> serve.err().contains("kept broken.csv as "));

      Cli halted = facedrop.start("status", "--check");
      assertThat(halted.exitCode()).as(halted.said()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(halted.out())
          .contains("gate: halted since ", " by code 401\n")
          .contains(
              "(the API says: key revoked): the API refused the key", ", then restart facedrop")
          .containsPattern(
              "rejected: broken\\.csv: NO_IMAGE_URL_COLUMN, .*; kept as data/rejected/.*-broken\\.csv\n")
          .contains("no row ends: the gate is halted\n");
      Cli changed = facedrop.start("status", "-Dfacedrop.rejected.uri=file:data/elsewhere");
      assertThat(changed.exitCode()).as(changed.said()).isZero();
      assertThat(changed.out())
          .as("where it was kept, not where the next one will be")
          .containsPattern("; kept as data/rejected/.*-broken\\.csv\n");
      JsonNode told = json(facedrop);
      assertThat(told.at("/gate/state").asText()).isEqualTo("halted");
      assertThat(told.at("/gate/message").asText()).isEqualTo("key revoked");
      assertThat(told.at("/rejected/0/code").asText()).isEqualTo("NO_IMAGE_URL_COLUMN");
      assertThat(told.at("/rejected_not_listed").asLong()).isZero();
      assertThat(told.at("/batches/0/open").asLong()).isEqualTo(400);
      assertThat(told.at("/batches/0/eta").isNull()).as("nobody knows when").isTrue();
      assertThat(codes(told)).containsExactly("gate-halted");

      Path inbox = folder.resolve("data/inbox");
      Path unmounted = Files.move(inbox, folder.resolve("unmounted"));
      await().atMost(PATIENCE).until(() -> serve.err().contains("the inbox data/inbox is gone: "));
      assertThat(codes(json(facedrop))).contains("inbox-gone");
      Files.move(unmounted, inbox);
      await().atMost(PATIENCE).until(() -> serve.err().contains("data/inbox can be used again"));
      assertThat(codes(json(facedrop))).containsExactly("gate-halted");

      api.behave(api::usual);
      assertThat(facedrop.start("resume").exitCode()).isZero();
      await().atMost(PATIENCE).until(() -> api.creates().size() > 60);
      String batch = told.at("/batches/0/id").asText();
      assertThat(facedrop.start("hold", batch).exitCode()).isZero();
      JsonNode held = json(facedrop);
      assertThat(codes(held)).containsExactly("batch-held");
      assertThat(held.at("/batches/0/state").asText()).isEqualTo("held");
      await().atMost(PATIENCE).until(() -> facedrop.number("select count(*) from claim") == 0);
      int sent = api.creates().size();
      assertThat(facedrop.start("hold", batch).exitCode()).isZero();
      assertThat(api.creates()).as("sent while it was held").hasSize(sent);

      assertThat(facedrop.start("resume", batch).exitCode()).isZero();
      await().atMost(PATIENCE).until(() -> api.creates().size() > sent + 20);
      JsonNode going = json(facedrop);
      assertThat(codes(going)).isEmpty();
      assertThat(going.at("/batches/0/rate").asDouble()).isPositive();
      assertThat(going.at("/batches/0/eta").asText()).endsWith("Z");
      serve.close();
      JsonNode dead = json(facedrop);
      assertThat(dead.at("/worker").isNull()).isTrue();
      assertThat(dead.at("/batches/0/rate").asDouble()).as("nobody works").isZero();
      assertThat(codes(dead)).containsExactly("no-worker");

      facedrop.start("serve");
      await()
          .atMost(PATIENCE)
          .until(() -> facedrop.number("select count(*) from batch where state = 'complete'") == 1);
      Cli well = facedrop.start("status", "--check");
      assertThat(well.exitCode()).as(well.said()).isZero();
      JsonNode done = json(facedrop);
      assertThat(done.at("/batches/0/credits").asLong())
          .isEqualTo(done.at("/batches/0/succeeded").asLong());
      assertThat(done.at("/batches/0/rows").asLong()).isEqualTo(400);
      assertThat(facedrop.rows("success")).hasSize(done.at("/batches/0/succeeded").asInt());

      Files.move(folder.resolve("data/success"), folder.resolve("away"));
      facedrop.write("data/success", "a file where a directory belongs");
      for (String looks : List.of("status", "show " + batch, "resume")) {
        Cli look = facedrop.start(looks.split(" "));
        assertThat(look.exitCode()).as(look.said()).isZero();
      }
      assertThat(facedrop.start("check").exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  /** A monitor in the wrong directory must not be green. */
  @Test
  void aLedgerThatIsNotThereIsAProblem() throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = new Installation(folder, api.uri().toString())) {
      String place = folder.resolve("data/ledger.db").toString();

      Cli check = facedrop.start("status", "--check");
      assertThat(check.exitCode()).as(check.said()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(check.out())
          .contains(
              "! there is no ledger " + place + "; run this where serve or run works, or set");
      assertThat(facedrop.start("status").exitCode()).isZero();
      assertThat(facedrop.start("status", "--json", "--check").exitCode())
          .isEqualTo(ExitCode.RESUMABLE);
      JsonNode missing = json(facedrop);
      assertThat(codes(missing)).containsExactly("no-ledger");
      assertThat(missing.at("/problems/0/message").asText()).contains(place);
      assertThat(missing.at("/worker").isNull()).isTrue();
      assertThat(missing.at("/gate/state").asText()).isEqualTo("open");
      assertThat(missing.at("/batches").isEmpty()).isTrue();
      facedrop.manifest("m.csv", 1, Map.of());
      assertThat(facedrop.start("run", "m.csv").exitCode()).isZero();
      assertThat(missing.fieldNames())
          .toIterable()
          .containsExactlyElementsOf(json(facedrop)::fieldNames);
    }
  }

  @Test
  void isShownAgainAndAgainUntilItIsStopped() {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = new Installation(folder, api.uri().toString())) {
      Cli watch = facedrop.start("status", "--watch");
      await().atMost(PATIENCE).until(() -> watch.out().split("no ledger").length > 2);

      assertThat(watch.terminate()).isZero();
    }
  }

  private static JsonNode json(Installation facedrop) throws IOException {
    Cli status = facedrop.start("status", "--json");
    assertThat(status.exitCode()).as(status.said()).isZero();
    return JSON.readTree(status.out());
  }

  private static List<String> codes(JsonNode status) {
    return StreamSupport.stream(status.path("problems").spliterator(), false)
        .map(problem -> problem.path("code").asText())
        .toList();
  }
}
