package io.facedrop.publish.page;

import static io.facedrop.ledger.view.Traffic.Kind.CREATE;
import static io.facedrop.ledger.view.Traffic.Kind.FACES;
import static io.facedrop.ledger.view.Traffic.Kind.QUERY;

import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.view.Event;
import java.time.Duration;
import java.util.Random;

/** Batches that a report must tell well: long and short ones, and some with nothing to tell. */
final class SampleBatches {
  /** What must stay text wherever it appears. */
  public static final String HOSTILE =
      "<img src=x onerror=alert(1)>\"><script>alert(2)</script>'</title></style>{{x}}{{{y}}}"
          + "javascript:alert(3) \u202Egpj.exe\u202C \u0000\r\n\u0007 &amp; \u05d0\u05d1\u05d2 ";

  private static final int BUSY_SLOTS = 81;

  private SampleBatches() {}

  /** 10,000 rows in 40 minutes, with a pause for maintenance, a halt, and retries. */
  public static SampleBatch busy() {
    SampleBatch busy = new SampleBatch();
    busy.folder = "partner/spring/";
    busy.took = Duration.ofSeconds(2412);
    busy.retried = 412;
    busy.twice = 2;
    busy.faces = 14_310;
    busy.invalid = 37;
    Random random = new Random(17);
    long succeeded = 0;
    for (int slot = 0; slot < BUSY_SLOTS; slot++) {
      boolean closed = slot >= 22 && slot < 31 || slot >= 52 && slot < 56;
      if (!closed) {
        long rows = slot == BUSY_SLOTS - 1 ? 30 : 130 + random.nextInt(24);
        long again = slot >= 18 && slot < 22 ? 40 + random.nextInt(30) : random.nextInt(7);
        long slow = 380 + random.nextInt(220) + (slot >= 18 && slot < 22 ? 900 : 0);
        busy.traffic(slot, CREATE, slow / 2, (rows + again) * 3 / 5, again / 2, 0, 0);
        busy.traffic(slot, CREATE, slow, (rows + again) / 3, again - again / 2, 0, 0);
        busy.traffic(slot, CREATE, slow * 5, (rows + again) / 15, 0, 0, slot < 21 ? 2 : 1);
        busy.traffic(slot, QUERY, 45, rows * 2 / 3, 0, rows / 2, 0);
        busy.traffic(slot, QUERY, 90, rows * 2 / 3, 0, rows - rows / 2, 0);
        busy.traffic(slot, FACES, 6000 + random.nextInt(3000), rows * 4 / 5, 0, rows, 0);
        busy.traffic(slot, FACES, 16_000 + random.nextInt(9000), rows / 5, 0, rows, 0);
        succeeded += rows;
      }
    }
    busy.succeeded = succeeded;
    return busyWords(busy);
  }

  private static void settings(SampleBatch batch) {
    batch.settings.put("facedrop.api.rate", "2/s");
    batch.settings.put("facedrop.api.query-rate", "shared");
    batch.settings.put("facedrop.api.concurrency", "16");
    batch.settings.put("facedrop.api.response-timeout", "30s");
    batch.settings.put("facedrop.retry.max-attempts", "5");
    batch.settings.put("facedrop.in-doubt", "dead-letter");
    batch.settings.put("facedrop.batch.hold-after", "50");
    batch.settings.put("facedrop.faces.await", "true");
    batch.settings.put("facedrop.faces.deadline", "15m");
    batch.settings.put("facedrop.duplicate-urls", "send");
  }

  private static SampleBatch busyWords(SampleBatch busy) {
    settings(busy);
    for (int event = 0; event < 12; event++) {
      busy.event(
          Duration.ofSeconds(2000 + 30 * event), Event.Kind.NOTE, null, "a note of the operator");
    }
    busy.sample(
        "SERVER_ERROR", 10, "https://images.example.com/portraits/1.jpg", "Internal Server Error");
    busy.sample("INVALID_URL", 10, "portraits/1.jpg", "The URL is not absolute: it has no scheme.");
    busy.dead("SERVER_ERROR", 500, 41).dead("INVALID_URL", null, 37);
    busy.dead("NOT_FOUND", 404, 23).dead("VALIDATION_ERROR", 422, 12);
    busy.dead("DETECTION_FAILED", 501, 9).dead("IN_DOUBT", null, 3).dead("SERVER_ERROR", null, 1);
    busy.charged(busy.succeeded + 9, 72, 45);
    busy.event(
        Duration.ofSeconds(655),
        Event.Kind.PAUSE,
        Duration.ofSeconds(270),
        "pausing for 4m 30s: code 455, the API is under maintenance");
    busy.event(Duration.ofSeconds(926), Event.Kind.OPEN, null, "the API answers again, going on");
    busy.event(
        Duration.ofSeconds(1560),
        Event.Kind.HALT,
        null,
        "code 402, Insufficient Credits: nothing more is sent until the account can pay");
    busy.event(Duration.ofSeconds(1668), Event.Kind.OPEN, null, "the API answers again, going on");
    String stem = "partner/spring/portraits.20261122T095841Z-5eed1e55.";
    for (int part = 1; part <= 8; part++) {
      String file = stem + "success-%04d.csv".formatted(part);
      busy.part(
          Output.SUCCESS, part, file, busy.succeeded / 8 + (part == 1 ? busy.succeeded % 8 : 0));
    }
    return busy.part(Output.DEAD_LETTER, 1, stem + "dead-letter-0001.csv", 126);
  }

  /** 24 rows in 8 seconds. */
  public static SampleBatch small() {
    SampleBatch small = new SampleBatch();
    small.took = Duration.ofMillis(8120);
    small.retried = 4;
    small.invalid = 2;
    small.succeeded = 17;
    small.traffic(0, CREATE, 53, 13, 2, 8, 2).traffic(1, CREATE, 52, 9, 1, 7, 1);
    small.traffic(2, CREATE, 52, 3, 1, 1, 1).traffic(3, CREATE, 54, 2, 0, 1, 1);
    small.dead("INVALID_URL", null, 2).dead("GENERATION_FAILED", 501, 1).dead("IN_DOUBT", 502, 1);
    small.dead("NOT_FOUND", 404, 1).dead("SERVER_ERROR", 500, 1).dead("VALIDATION_ERROR", 422, 1);
    small.charged(17, 4, 3);
    small.event(
        Duration.ofMillis(1400),
        Event.Kind.PAUSE,
        Duration.ofSeconds(1),
        "pausing for 1s: code 429, the API asks for fewer requests");
    small.event(Duration.ofMillis(2430), Event.Kind.OPEN, null, "the API answers again, going on");
    small.part(Output.SUCCESS, 1, "portraits.20261122T095841Z-5eed1e55.success-0001.csv", 17);
    return small.part(
        Output.DEAD_LETTER, 1, "portraits.20261122T095841Z-5eed1e55.dead-letter-0001.csv", 7);
  }

  /** No rows. */
  public static SampleBatch empty() {
    SampleBatch empty = new SampleBatch();
    empty.took = Duration.ofMillis(210);
    return empty;
  }

  /** Rows of which none was worth a request. */
  public static SampleBatch invalid() {
    SampleBatch invalid = new SampleBatch();
    invalid.took = Duration.ofMillis(480);
    invalid.invalid = 12;
    invalid.dead("INVALID_URL", null, 12).charged(0, 12, 0);
    return invalid.part(Output.DEAD_LETTER, 1, "portraits.x.dead-letter-0001.csv", 12);
  }

  /** A million rows in three days, cancelled at last. */
  public static SampleBatch days() {
    SampleBatch days = new SampleBatch();
    days.took = Duration.ofHours(75);
    days.cancelled = true;
    int slots = (int) (days.took.toSeconds() / days.slot().toSeconds());
    for (int slot = 0; slot < slots; slot++) {
      long rows = 7000 + slot % 5 * 90L;
      days.traffic(slot, CREATE, 300 + slot % 24 * 40L, rows, 12, rows - 12, 0);
      days.succeeded += rows - 12;
    }
    days.dead("CANCELLED", null, 70_000).charged(days.succeeded, 70_000, 0);
    days.event(
        Duration.ofHours(30), Event.Kind.PAUSE, Duration.ofHours(1), "pausing for 1h 0m: 455");
    return days.part(Output.SUCCESS, 1, "portraits.x.success-0001.csv", days.succeeded);
  }

  /** 200,000 rows that an operator cancelled after half a minute. */
  public static SampleBatch cancelled() {
    SampleBatch cancelled = new SampleBatch();
    cancelled.took = Duration.ofSeconds(31);
    cancelled.cancelled = true;
    for (int slot = 0; slot < 28; slot++) {
      cancelled.traffic(slot, CREATE, 240 + slot * 7L, 12, 0, 0, slot == 9 ? 1 : 0);
      cancelled.traffic(slot, QUERY, 60, slot < 3 ? 0 : 11, 0, slot < 3 ? 0 : 11, 0);
    }
    cancelled.succeeded = 25 * 11;
    cancelled.dead("CANCELLED", null, 200_000 - 25 * 11 - 1).dead("VALIDATION_ERROR", 422, 1);
    settings(cancelled);
    cancelled.charged(cancelled.succeeded, 200_000 - cancelled.succeeded, 0);
    cancelled.part(Output.SUCCESS, 1, "portraits.x.success-0001.csv", cancelled.succeeded);
    return cancelled.part(Output.DEAD_LETTER, 1, "portraits.x.dead-letter-0001.csv", 199_725);
  }

  /** 400 rows of which not one succeeded. */
  public static SampleBatch failed() {
    SampleBatch failed = new SampleBatch();
    failed.took = Duration.ofSeconds(95);
    failed.retried = 260;
    for (int slot = 0; slot < 90; slot++) {
      failed.traffic(slot, CREATE, 700 + slot % 7 * 90L, 12, 8, 0, slot < 80 ? 5 : 0);
    }
    failed.dead("SERVER_ERROR", 500, 260).dead("VALIDATION_ERROR", 422, 100);
    failed.dead("NOT_FOUND", 404, 37).dead("IN_DOUBT", 502, 3);
    settings(failed);
    failed.sample(
        "SERVER_ERROR",
        10,
        "https://images.example.com/a/long/path/with/many/folders/portrait.jpg?signature=5ec4e7",
        "Internal Server Error, and quite some words about what the server thinks of it all");
    failed.sample("IN_DOUBT", 3, "https://images.example.com/1.jpg", "no whole answer came");
    failed.charged(0, 397, 3);
    failed.event(
        Duration.ofSeconds(60),
        Event.Kind.HALT,
        null,
        "halted by code 401 (Unauthorized): the API refused the key: check facedrop.api.key"
            + " (environment variable CRUN_API_KEY)");
    failed.event(Duration.ofSeconds(80), Event.Kind.OPEN, null, "the API answers again, going on");
    return failed.part(
        Output.DEAD_LETTER, 1, "portraits.20261122T095841Z-5eed1e55.dead-letter-0001.csv", 400);
  }

  /** The small one with hostile words wherever words come from outside. */
  public static SampleBatch hostile() {
    SampleBatch hostile = small();
    hostile.folder = "\u202Epartner/" + HOSTILE + "/";
    hostile.manifest = HOSTILE + "w".repeat(600) + ".csv";
    hostile.dead(HOSTILE, 666, 3).dead("R".repeat(300), null, 1);
    hostile.event(Duration.ofSeconds(3), Event.Kind.HALT, null, HOSTILE + "x".repeat(900));
    hostile.event(Duration.ofSeconds(4), Event.Kind.NOTE, null, HOSTILE);
    hostile.sample(HOSTILE, 2, "https://u:s3cret@h.example/" + HOSTILE + "y".repeat(300), HOSTILE);
    hostile.settings.put(HOSTILE, HOSTILE);
    hostile.part(Output.SUCCESS, 2, HOSTILE + "f".repeat(500), 3);
    return hostile;
  }
}
