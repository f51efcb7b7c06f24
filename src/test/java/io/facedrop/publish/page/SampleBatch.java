package io.facedrop.publish.page;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.ledger.view.Traffic;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.Face;
import io.facedrop.publish.report.ReasonSamples;
import io.facedrop.publish.report.Timeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A batch to report on, put together by hand: what no ledger would hold in so short a test. */
final class SampleBatch {
  public static final Instant ACCEPTED = Instant.parse("2026-11-22T09:58:41.250Z");

  long adopted;
  long shared;
  String folder = "";
  String manifest = "portraits.csv";
  Duration took = Duration.ofSeconds(8);
  boolean cancelled;
  long succeeded;
  long invalid;
  long retried;
  long twice;
  long faces;
  final List<Tally> deadLetters = new ArrayList<>();
  final Map<Charged, Long> charged = new EnumMap<>(Charged.class);
  final List<Traffic> traffic = new ArrayList<>();
  final List<Part> parts = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<ReasonSamples> samples = new ArrayList<>();
  final Map<String, String> settings = new LinkedHashMap<>();
  final List<Face> contactSheet = new ArrayList<>();

  Instant end() {
    return ACCEPTED.plus(took);
  }

  SampleBatch dead(String reason, Integer code, long rows) {
    deadLetters.add(new Tally(reason, code, rows));
    return this;
  }

  SampleBatch charged(long yes, long no, long unknown) {
    charged.put(Charged.YES, yes);
    charged.put(Charged.NO, no);
    charged.put(Charged.UNKNOWN, unknown);
    return this;
  }

  /** Counts requests of one slot that took about as long. */
  SampleBatch traffic(
      int slot, Traffic.Kind kind, long millis, long requests, long again, long ok, long dead) {
    int latency = millis < 0 ? -1 : (int) Math.ceil(2 * Math.log(millis) / Math.log(2));
    traffic.add(new Traffic(slot, kind, latency, requests, again, ok, dead));
    return this;
  }

  SampleBatch part(Output output, int number, String file, long rows) {
    String sha256 = "%016x".formatted(file.hashCode() * 0x9e3779b97f4a7c15L).repeat(4);
    parts.add(new Part(1, output, number, rows, 0, rows, file, null, sha256, end()));
    return this;
  }

  SampleBatch event(Duration after, Event.Kind kind, Duration lasting, String detail) {
    Instant at = ACCEPTED.plus(after);
    events.add(new Event(at, kind, lasting == null ? null : at.plus(lasting), detail));
    return this;
  }

  Duration slot() {
    return Timeline.slotLength(ACCEPTED, end());
  }

  /** So many dead letters of a reason, with one message. */
  SampleBatch sample(String reason, int count, String url, String message) {
    samples.add(
        ReasonSamples.of(
            reason,
            IntStream.range(0, count)
                .mapToObj(n -> new DeadLetter(17 + 31L * n, url, reason, message))
                .toList()));
    return this;
  }

  private List<String> links() {
    return parts.stream()
        .map(part -> part.file().contains("<") ? "" : "../" + part.output().word() + "/x.csv")
        .toList();
  }

  BatchReport report() {
    long dead = deadLetters.stream().mapToLong(Tally::rows).sum();
    long requests =
        traffic.stream()
            .filter(one -> one.kind() != Traffic.Kind.FACES)
            .mapToLong(Traffic::requests)
            .sum();
    Batch batch =
        new Batch(
            1,
            "20261122T095841Z-5eed1e55",
            manifest,
            "portraits",
            folder,
            Path.of("portraits.csv"),
            true,
            new Batch.Api("https://api.crun.ai", false, false),
            new Layout(Format.CSV, ',', "image_url"),
            "5eed1e55".repeat(8),
            succeeded + dead,
            invalid,
            adopted,
            shared,
            succeeded,
            dead,
            requests,
            null,
            false,
            ACCEPTED,
            cancelled ? end() : null,
            end(),
            null);
    Totals totals =
        new Totals(deadLetters, charged, requests, retried, twice, faces, faces * 3 / 4);
    return BatchReport.of(
        batch, end(), totals, traffic, parts, events, samples, settings, links(), contactSheet);
  }
}
