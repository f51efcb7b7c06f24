package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.acceptance.StrangeApi.Reply;
import io.facedrop.command.ExitCode;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does about dead letters: look at one, drop them again, write a part anew. */
class RedropAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 100_000;

  @TempDir Path folder;

  @Test
  void eachDeadLetterIsDroppedAgainOnceByItsReasonAndKeepsItsOrigin() throws IOException {
    Map<Integer, String> words = new HashMap<>();
    IntStream.range(10, 20).forEach(row -> words.put(row, "broken"));
    IntStream.range(20, 25).forEach(row -> words.put(row, "refused"));
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api)) {
      api.behave(request -> failing(api, request));
      facedrop.start("serve");
      facedrop.manifest("data/inbox/m.csv", 60, words);
      completed(facedrop, 1);
      String batch = batch(facedrop, 1);

      assertThat(out(facedrop, "redrop", batch, "--reason", "GENERATION_FAILED", "--dry-run"))
          .contains("dead letters 10\n", "to drop      10 (GENERATION_FAILED 10)\n")
          .contains("credits      at most 10 for 10 requests\n");
      writesOverNothing(facedrop, batch);
      Cli unasked = facedrop.start("redrop", batch);
      assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(unasked.err()).contains("--yes");
      assertThat(api.creates()).as("sent before anybody agreed").hasSize(60);

      api.behave(api::usual);
      Cli first = facedrop.start("redrop", batch, "--reason", "generation_failed", "--yes");
      assertThat(first.exitCode()).as(first.said()).isZero();
      completed(facedrop, 2);
      assertThat(first.out()).contains("accepted as batch " + batch(facedrop, 2));
      assertThat(out(facedrop, "redrop", batch, "--yes"))
          .contains("left out     10, dropped again before\n", "to drop      5 ");
      completed(facedrop, 3);
      assertThat(out(facedrop, "redrop", batch, "--yes"))
          .isEqualTo(
              "Nothing of batch "
                  + batch
                  + " is left to drop again: 15 dead letters were dropped again before.\n");
      assertThat(out(facedrop, "redrop", batch, "--reason", "IN_DOUBT", "--to", "again.csv"))
          .endsWith(": it has no dead letters of these reasons. No file was written.\n");
      assertThat(folder.resolve("again.csv")).doesNotExist();

      assertThat(api.creates()).hasSize(75);
      assertThat(facedrop.rows("success")).hasSize(60);
      List<Map<String, String>> again =
          facedrop.rows("success").stream()
              .filter(row -> !row.get("facedrop_batch").equals(batch))
              .toList();
      assertThat(again)
          .hasSize(15)
          .allSatisfy(
              row -> {
                int line = 2 + Integer.parseInt(row.get("image_url").replaceAll("\\D+", ""));
                assertThat(row).containsEntry("facedrop_origin", batch + ":" + line);
              });
      assertThat(Tree.wholeFiles(folder.resolve("data/success")))
          .extracting(file -> file.getFileName().toString())
          .contains("m." + batch(facedrop, 2) + ".success-0001.csv");
      tellsOfARow(facedrop, batch);
      writesAPartAnew(facedrop, batch);
    }
  }

  private void writesOverNothing(Installation facedrop, String batch) throws IOException {
    Path precious = Files.writeString(folder.resolve("precious.csv"), "image_url\n");
    for (String how : List.of("--yes", "--dry-run")) {
      refused(
          facedrop.start("redrop", batch, "--to", "precious.csv", how),
          "facedrop: precious.csv is there already; name another file");
    }
    refused(
        facedrop.start("redrop", batch, "--to", "nodir/again.csv", "--yes"),
        "facedrop: nodir/again.csv cannot be written: the directory nodir is not there;"
            + " create it, or name another file");
    refused(
        facedrop.start("export", batch, "--to", "precious.csv"),
        "facedrop: precious.csv is a file; name another directory");
    refused(
        facedrop.start("sandbox", "--port", "0", "--journal", "precious.csv"),
        "facedrop: precious.csv is there already, and is no journal of a sandbox;"
            + " name another file");
    assertThat(precious).hasContent("image_url\n");
  }

  private static void refused(Cli command, String words) {
    assertThat(command.exitCode()).as(command.said()).isEqualTo(ExitCode.USAGE);
    assertThat(command.out()).isEmpty();
    assertThat(command.err()).isEqualTo(words + "\n");
  }

  private static void tellsOfARow(Installation facedrop, String batch) {
    assertThat(out(facedrop, "show", batch + ":12"))
        .contains("state         dead (GENERATION_FAILED) since ")
        .contains("again         dropped again: " + batch(facedrop, 2))
        .containsPattern("create {2}code 501 +\\d+ ms {2}dead \\(GENERATION_FAILED\\): words");
    assertThat(out(facedrop, "show", batch + ":2"))
        .contains("state         succeeded")
        .doesNotContain("code 501");
    assertThat(out(facedrop, "show", batch))
        .contains("dead letters  GENERATION_FAILED 10, VALIDATION_ERROR 5")
        .contains("line 12  https://images.example.com/broken/10.jpg  words");
    assertThat(facedrop.start("show", batch + ":1").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private void writesAPartAnew(Installation facedrop, String batch) throws IOException {
    String part = "m." + batch + ".dead-letter-0001.csv";
    assertThat(out(facedrop, "export", batch, "--output", "dead-letter", "--to", "anew"))
        .isEqualTo("anew/" + part + ", 15 rows\n");
    assertThat(Files.readString(folder.resolve("anew/" + part)))
        .isEqualTo(Files.readString(folder.resolve("data/dead-letter/" + part)));
  }

  @Test
  void aHundredThousandAreDroppedAgainInLittleMemory() throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api)) {
      api.behave(request -> Reply.code(401));
      facedrop.start("serve");
      facedrop.write("many.csv", urls());
      Files.createDirectories(folder.resolve("data/inbox"));
      Files.move(folder.resolve("many.csv"), folder.resolve("data/inbox/many.csv"));
      await()
          .atMost(PATIENCE)
          .until(() -> facedrop.number("select count(*) from batch where id <> ''") == 1);
      String batch = batch(facedrop, 1);
      assertThat(facedrop.start("cancel", batch).exitCode()).isZero();
      completed(facedrop, 1);

      Cli redrop = facedrop.start("-Xmx48m", "redrop", batch, "--reason", "CANCELLED", "--yes");

      assertThat(redrop.exitCode()).as(redrop.said()).isZero();
      assertThat(redrop.out())
          .contains("dead letters 100,000\n", "credits      at most 100,000 for 100,000 requests\n")
          .contains("accepted as batch ");
      assertThat(facedrop.number("select count(*) from batch")).isEqualTo(2);
      assertThat(facedrop.number("select rows from batch where number = 2")).isEqualTo(MANY);
      assertThat(
              facedrop.number(
                  "select count(distinct origin) from manifest_row where origin like '%s:%%'"
                      .formatted(batch)))
          .isEqualTo(MANY);
      assertThat(out(facedrop, "redrop", batch, "--dry-run"))
          .contains("left out     100,000, dropped again before\n")
          .contains("to drop      5,000 (INVALID_URL 5,000)\n", "at most 0 for 0 requests");
    }
  }

  private static String urls() {
    String good =
        IntStream.range(0, MANY)
            .mapToObj(row -> Installation.url(row, "fine"))
            .collect(Collectors.joining("\n", "image_url\n", "\n"));
    return good + "nowhere\n".repeat(5_000);
  }

  private static Reply failing(StrangeApi api, StrangeApi.Request request) {
    if (request.creates() && request.url().contains("/broken/")) {
      return Reply.code(501);
    }
    return request.creates() && request.url().contains("/refused/")
        ? Reply.code(422)
        : api.usual(request);
  }

  private Installation installed(StrangeApi api) {
    return new Installation(folder, api.uri().toString())
        .with("facedrop.api.rate", "unlimited")
        .with("facedrop.batch.hold-after", "0")
        .with("facedrop.faces.await", "false");
  }

  private static void completed(Installation facedrop, int batches) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                facedrop.number("select count(*) from batch where state = 'complete'") == batches);
  }

  /** What a command prints that succeeds. */
  private static String out(Installation facedrop, String... command) {
    Cli finished = facedrop.start(command);
    assertThat(finished.exitCode()).as(finished.said()).isZero();
    return finished.out();
  }

  private static String batch(Installation facedrop, int number) {
    return facedrop.ledger().texts("select id from batch where number = " + number).get(0);
  }
}
