package io.facedrop.publish.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facedrop.api.answer.Detection;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the manifest and whatever the API answers: each output can be dropped again, and so can
 * the outputs of that.
 */
class EveryOutputIsAManifestTest {
  private static final Instant NOW = Instant.parse("2026-05-27T13:14:04.987Z");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final int MOST_COLUMNS = 1_000;
  private static final int LONGEST = 8_000;
  private static final ManifestLimits LIMITS =
      new ManifestLimits(LONGEST, MOST_COLUMNS, 1_000_000, 1L << 30);

  private static final String[] PIECES = {
    "\0",
    "\u0001",
    "\u001a",
    "\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "#",
    "=1+1",
    "a",
    "\u00e9",
    "\uD83D\uDE00",
    "\uD800",
    "\uFFFD",
    "\uFFFE",
    "\u2028",
    "\uFEFF",
    "\\",
    "{",
    "]"
  };

  private static final String[] COLUMNS = {
    "image_url", "photo", "Bild, gro\u00df", "\"url\"", "#url", "=url"
  };

  @TempDir Path home;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final String column = COLUMNS[random.nextInt(COLUMNS.length)];

  @RepeatedTest(60)
  void everyOutputCanBeDroppedAgain() throws IOException {
    try (Ledger ledger =
        Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.fixed(NOW, ZoneOffset.UTC))) {
      List<Path> drops = List.of(manifest());
      for (int generation = 0; generation < 3; generation++) {
        List<Path> outputs = new ArrayList<>();
        for (Path drop : drops) {
          outputs.addAll(worked(ledger, drop, generation));
        }
        drops = outputs;
      }
    }
  }

  /** Its outputs, each of which holds the rows that it should. */
  private List<Path> worked(Ledger ledger, Path drop, int generation) throws IOException {
    PreparedLedger prepared = new PreparedLedger(ledger);
    Batch batch = prepared.accept(drop, "", false, column, LIMITS);
    prepared.settle(this::outcome);
    ledger.publishing().partsToPublish(NOW.plusSeconds(1));
    List<Path> outputs = new ArrayList<>();
    for (Part part : ledger.of(batch).parts()) {
      String name = part.fileName(batch);
      Path file = home.resolve(generation + "-" + name);
      try (InputStream bytes = new PartStream(batch, part.output(), ledger.rows(part), false)) {
        Files.copy(bytes, file);
      }
      assertThat(urls(file)).as("seed %d, %s", seed, file).isEqualTo(urls(ledger, part));
      outputs.add(file);
    }
    return outputs;
  }

  private List<String> urls(Path output) throws IOException {
    List<String> urls = new ArrayList<>();
    ManifestName name = ManifestName.of(output.getFileName().toString());
    try (RowReader reader = Manifest.open(output, name, ManifestRules.of(column).within(LIMITS))) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        assertThat(row.origin()).as("seed %d", seed).isNotNull();
        urls.add(row.imageUrl());
      }
    }
    return urls;
  }

  private static List<String> urls(Ledger ledger, Part part) {
    List<String> urls = new ArrayList<>();
    try (EndedRows rows = ledger.rows(part)) {
      for (EndedRow row = rows.next(); row != null; row = rows.next()) {
        urls.add(row.imageUrl());
      }
    }
    return urls;
  }

  // --- Answers ---

  private Outcome outcome(ClaimedRow claimed) {
    boolean polled = claimed.task() != null;
    if (random.nextBoolean()) {
      return new Outcome(
          Outcome.Kind.SUCCEEDED,
          null,
          200,
          200,
          "",
          polled ? null : "task-" + words(),
          polled ? new Detection("d" + words(), 1, faces()) : null,
          null);
    }
    Reason reason = polled ? Reason.DETECTION_FAILED : Reason.VALIDATION_ERROR;
    return new Outcome(
        Outcome.Kind.DEAD_LETTER,
        reason,
        422,
        200,
        words(),
        polled ? null : taskOrNone(),
        null,
        null);
  }

  private String taskOrNone() {
    return random.nextBoolean() ? null : words() + "t";
  }

  private String faces() {
    try {
      return JSON.writeValueAsString(List.of(words(), words()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Now and then more than a whole record may have. */
  private String words() {
    String words = fewWords();
    return random.nextInt(20) == 0 ? words + "long ".repeat(LONGEST) : words;
  }

  private String fewWords() {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
        .collect(Collectors.joining());
  }

  // --- Manifests ---

  private Path manifest() throws IOException {
    int rows = 1 + random.nextInt(30);
    return switch (random.nextInt(3)) {
      case 0 -> write("m.txt", IntStream.range(0, rows).mapToObj(this::url).toList());
      case 1 -> write("m.jsonl", IntStream.range(0, rows).mapToObj(this::object).toList());
      default -> csv(rows);
    };
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.writeString(home.resolve(name), String.join("\n", lines) + "\n");
  }

  private String url(int row) {
    return random.nextInt(8) == 0 ? "no url " + row : "https://a.example/" + row + ".png";
  }

  private String object(int row) {
    try {
      return "{\"a\":"
          + JSON.writeValueAsString(fewWords() + rest())
          + ","
          + JSON.writeValueAsString(column)
          + ":"
          + JSON.writeValueAsString(url(row) + (random.nextInt(8) == 0 ? fewWords() : ""))
          + "}";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path csv(int rows) throws IOException {
    // Now and then as many as may be.
    int columns = random.nextInt(4) == 0 ? MOST_COLUMNS : 1 + random.nextInt(5);
    int url = random.nextInt(columns);
    List<String> lines = new ArrayList<>();
    lines.add(
        IntStream.range(0, columns)
            .mapToObj(i -> i == url ? cell(column) : "c" + i)
            .collect(Collectors.joining(",")));
    for (int row = 0; row < rows; row++) {
      int line = row;
      lines.add(
          IntStream.range(0, columns)
              .mapToObj(i -> i == url ? cell(url(line)) : columns > 9 ? "x" : cell(plain()))
              .collect(Collectors.joining(",")));
    }
    return write("m.csv", lines);
  }

  /** What a text in UTF-8 can hold. */
  private String plain() {
    return fewWords().replaceAll("[\\p{Cs}\0]", "") + rest();
  }

  /** Now and then nearly as much as a record may have. */
  private String rest() {
    return random.nextInt(10) == 0 ? "x".repeat(LONGEST / 6) : "";
  }

  private static String cell(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }
}
