package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One ledger, and more than one address of an API. */
class OtherAddressAcceptanceTest {
  private static final String ADDRESS = "facedrop.api.base-url";

  @TempDir Path folder;

  private StrangeApi first;
  private StrangeApi second;
  private Installation facedrop;

  @BeforeEach
  void start() {
    first = new StrangeApi();
    second = new StrangeApi();
    facedrop =
        new Installation(folder, first.uri().toString())
            .with("facedrop.api.rate", "200/s")
            .with("facedrop.faces.poll-ages", "400ms")
            .with("facedrop.faces.poll-interval", "5s")
            .with("facedrop.publish.interval", "1s");
  }

  @AfterEach
  void stop() {
    facedrop.close();
    first.close();
    second.close();
  }

  @Test
  void whatASandboxMadeCountsForNobodyElse() throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      String manifest = facedrop.manifest("m.csv", 12, Map.of(3, "code-422")).toString();
      facedrop.with(ADDRESS, sandbox.baseUri().toString());
      assertThat(facedrop.start("run", manifest).exitCode()).isEqualTo(3);
      assertThat(outputs("success"))
          .allSatisfy(
              row -> {
                assertThat(row.get("facedrop_detect_task_id")).startsWith("sandbox-");
                assertThat(row.get("facedrop_detect_id")).startsWith("sandbox-");
              });
      assertThat(report(".json"))
          .contains("\"sandbox\" : true", sandbox.baseUri().toString())
          .doesNotContain("\"sandbox\" : false");
      assertThat(report(".html")).contains("sandbox: its faces are invented");

      facedrop
          .with(ADDRESS, second.uri().toString())
          .with("facedrop.api.key", "canary-the-real-one");
      Cli check = facedrop.start("check", manifest);
      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.said()).contains("by a sandbox").containsPattern("credits +12\\b");
      Cli run = facedrop.start("run", manifest);

      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(second.creates()).hasSize(12);
      assertThat(outputs("success")).hasSize(11 + 12);
    }
  }

  @Test
  void aSandboxsTasksAreAskedForAtNoOtherAddress() throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      facedrop
          .with(ADDRESS, sandbox.baseUri().toString())
          .with("facedrop.faces.deadline", "1s")
          .with("facedrop.faces.poll-ages", "1s");
      facedrop
          .start("run", facedrop.manifest("m.csv", 3, Map.of(1, "status-never")).toString())
          .exitCode();
    }
    Path again = only("dead-letter");

    facedrop.with(ADDRESS, second.uri().toString());
    Cli run = facedrop.start("run", again.toString());

    assertThat(run.exitCode()).as(run.said()).isZero();
    assertThat(second.creates()).hasSize(1);
    assertThat(second.journal())
        .noneMatch(it -> String.valueOf(it.request().task()).startsWith("sandbox-"));
  }

  @Test
  void whatIsDoneAtAnotherAddressIsNeitherDoneHereNorPaidForUnasked() throws IOException {
    String manifest = facedrop.manifest("m.csv", 12, Map.of()).toString();
    assertThat(facedrop.start("run", manifest).exitCode()).isZero();
    facedrop.with(ADDRESS, second.uri().toString());

    for (String command : List.of("check", "run")) {
      Cli refused = facedrop.start(command, manifest);
      assertThat(refused.exitCode()).as(refused.said()).isEqualTo(4);
      assertThat(refused.said())
          .contains("DUPLICATE_MANIFEST")
          .contains(first.uri().toString(), second.uri().toString())
          .contains("facedrop.duplicate-manifest=accept");
    }
    assertThat(second.creates()).isEmpty();

    Cli accepted = facedrop.start("run", "-Dfacedrop.duplicate-manifest=accept", manifest);
    assertThat(accepted.exitCode()).as(accepted.said()).isZero();
    assertThat(second.creates()).hasSize(12);

    Cli done = facedrop.start("run", manifest);
    assertThat(done.exitCode()).as(done.said()).isZero();
    assertThat(done.said()).contains("done already");
    facedrop.with(ADDRESS, first.uri() + "/");
    Cli doneThere = facedrop.start("run", manifest);
    assertThat(doneThere.exitCode()).as(doneThere.said()).isZero();
    assertThat(first.creates()).hasSize(12);
  }

  @Test
  void openRowsAndTasksGoToTheirOwnAddressOnly() throws IOException {
    first.tasksTake(Duration.ofHours(1));
    facedrop.manifest("data/inbox/m.csv", 40, Map.of());
    facedrop.with("facedrop.api.rate", "10/s").with("facedrop.inbox.done-file", "${file:name}.ok");
    facedrop.write("data/inbox/m.csv.ok", "");
    Cli there = facedrop.start("serve");
    await().atMost(Duration.ofSeconds(60)).until(() -> first.creates().size() > 5);
    assertThat(there.terminate()).isEqualTo(75);
    long sent = first.creates().size();
    int asked = first.journal().size();

    facedrop.with(ADDRESS, second.uri().toString()).with("facedrop.api.rate", "200/s");
    facedrop.manifest("data/inbox/other.csv", 5, Map.of());
    facedrop.write("data/inbox/other.csv.ok", "");
    Cli here = facedrop.start("serve");
    await().atMost(Duration.ofSeconds(60)).until(() -> facedrop.rows("success").size() == 5);
    Cli status = facedrop.start("status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.said()).contains(first.uri().toString(), "facedrop.api.base-url");
    assertThat(here.terminate()).isEqualTo(75);
    assertThat(here.said()).contains(first.uri().toString());
    assertThat(second.creates()).hasSize(5);
    assertThat(second.journal())
        .noneMatch(
            it -> it.request().queries() && it.task() == null && it.reply().body().contains("404"));
    assertThat(first.journal()).hasSize(asked);

    first.tasksTake(Duration.ofMillis(300));
    facedrop.with(ADDRESS, first.uri().toString());
    Cli back = facedrop.start("serve");
    await().atMost(Duration.ofSeconds(60)).until(() -> facedrop.rows("success").size() == 45);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> facedrop.ledger().number("select count(*) from batch where state = 'open'") == 0);
    assertThat(back.terminate()).isZero();
    assertThat(first.creates()).hasSize(40).hasSizeGreaterThan((int) sent);
  }

  @Test
  void aBatchOfAnotherAddressCanBeCancelled() throws IOException {
    first.tasksTake(Duration.ofHours(1));
    String manifest = facedrop.manifest("m.csv", 40, Map.of()).toString();
    facedrop.with("facedrop.api.rate", "10/s");
    Cli there = facedrop.start("run", manifest);
    await().atMost(Duration.ofSeconds(60)).until(() -> first.creates().size() > 5);
    there.terminate();
    String batch = facedrop.ledger().texts("select id from batch").get(0);
    int sent = first.creates().size();

    facedrop.with(ADDRESS, second.uri().toString());
    Cli serve = facedrop.start("serve");
    await().atMost(Duration.ofSeconds(60)).until(() -> serve.said().contains("cancel " + batch));
    Cli cancel = facedrop.start("cancel", batch);
    assertThat(cancel.exitCode()).as(cancel.said()).isZero();
    await().atMost(Duration.ofSeconds(60)).until(() -> facedrop.rows("dead-letter").size() == 40);
    await().atMost(Duration.ofSeconds(60)).until(() -> !files("report").isEmpty());
    assertThat(serve.terminate()).isZero();

    assertThat(facedrop.rows("dead-letter"))
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "CANCELLED"))
        .filteredOn(row -> !row.get("facedrop_detect_task_id").isEmpty())
        .hasSize(sent)
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_charged", "yes"));
    assertThat(second.creates()).isEmpty();

    first.tasksTake(Duration.ofMillis(300));
    facedrop.with(ADDRESS, first.uri().toString()).with("facedrop.api.rate", "200/s");
    Cli again = facedrop.start("run", only("dead-letter").toString());
    assertThat(again.exitCode()).as(again.said()).isZero();
    assertThat(first.creates()).hasSize(40);
  }

  /** As it is where a path or a host is mistyped: a gateway has one answer to everything. */
  @ParameterizedTest
  @ValueSource(ints = {404, 403})
  void anAddressThatNeverCreatedATaskBindsNobody(int code) {
    first.behave(request -> StrangeApi.Reply.code(code));
    String manifest = facedrop.manifest("m.csv", 12, Map.of()).toString();
    assertThat(facedrop.start("run", manifest).exitCode()).isEqualTo(75);

    facedrop.with(ADDRESS, second.uri().toString());
    Cli check = facedrop.start("check", manifest);
    assertThat(check.exitCode()).as(check.said()).isZero();
    Cli run = facedrop.start("run", manifest);

    assertThat(run.exitCode()).as(run.said()).isZero();
    assertThat(second.creates()).hasSize(12);
    assertThat(facedrop.rows("success")).hasSize(12);
  }

  @Test
  void aTaskIsNotPaidForAgainWhereTheAddressWasMistypedMeanwhile() throws IOException {
    facedrop
        .with(ADDRESS, second.uri().toString())
        .with("facedrop.faces.deadline", "1s")
        .with("facedrop.faces.poll-ages", "1s");
    second.tasksTake(Duration.ofHours(1));
    String manifest = facedrop.manifest("m.csv", 3, Map.of()).toString();
    assertThat(facedrop.start("run", manifest).exitCode()).isEqualTo(3);
    String again = only("dead-letter").toString();

    first.behave(request -> StrangeApi.Reply.code(404));
    facedrop.with(ADDRESS, first.uri().toString());
    assertThat(facedrop.start("run", again).exitCode()).isEqualTo(75);
    second.tasksTake(Duration.ofMillis(1));
    facedrop.with(ADDRESS, second.uri().toString());
    Cli run = facedrop.start("run", again);

    assertThat(run.exitCode()).as(run.said()).isZero();
    assertThat(second.creates()).hasSize(3);
  }

  @Test
  void aRunByAnotherAddressTakesNothingAlong() {
    String waiting = facedrop.manifest("waiting.csv", 12, Map.of()).toString();
    first.leave();
    assertThat(facedrop.start("run", "--max-wait=1s", waiting).exitCode()).isEqualTo(75);
    facedrop.with(ADDRESS, second.uri().toString());
    String other = facedrop.manifest("other.csv", 2, Map.of()).toString();
    assertThat(facedrop.start("run", other).exitCode()).isZero();

    first.comeBack();
    facedrop.with(ADDRESS, first.uri().toString());
    Cli run = facedrop.start("run", waiting);

    assertThat(run.exitCode()).as(run.said()).isZero();
    assertThat(first.creates()).hasSize(12);
    assertThat(second.creates()).hasSize(2);
  }

  private List<Map<String, String>> outputs(String output) {
    return facedrop.rows(output);
  }

  private String report(String extension) throws IOException {
    Path file =
        files("report").stream()
            .filter(it -> it.toString().endsWith(extension))
            .findFirst()
            .orElseThrow();
    return Files.readString(file);
  }

  private Path only(String output) throws IOException {
    List<Path> files = files(output);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private List<Path> files(String output) {
    try (var files = Files.walk(folder.resolve("data").resolve(output))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
