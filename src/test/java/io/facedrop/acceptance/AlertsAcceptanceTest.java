package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each alert fires when its fault is made, and not before: three programs with one fault after the
 * other, and a real Prometheus that goes by the rules of the manual.
 */
class AlertsAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int HELD_AFTER = 4;

  @TempDir Path folder;
  private final Instant due = missed();
  private final StrangeApi refusing = new StrangeApi();
  private final StrangeApi pausing = new StrangeApi();
  private final StrangeApi strange = new StrangeApi();
  private final Set<String> seen = new TreeSet<>();
  private Installation refused;
  private Installation paused;
  private Installation faulty;
  private SmallDisk disk;
  private Prometheus prometheus;

  @BeforeEach
  void install() throws Exception {
    refused = installation("refused", refusing);
    paused = installation("paused", pausing);
    disk = SmallDisk.at(folder.resolve("disk"), 200);
    faulty =
        installation("faulty", strange)
            .with("facedrop.batch.hold-after", String.valueOf(HELD_AFTER))
            .with("facedrop.faces.await", "false")
            .with("facedrop.publish.interval", "200ms")
            .with("facedrop.report.uri", "file:" + disk.folder());
    // A server that refuses connections; the address of one that has been there.
    refused
        .with("facedrop.sftp.uri", "sftp://partner@127.0.0.1:1/drops")
        .with("facedrop.sftp.password", "any")
        .with("facedrop.sftp.host-key-checking", "off")
        .with("facedrop.sftp.poll-interval", "500ms")
        .with("facedrop.expect.night.files", "night-*.csv")
        .with("facedrop.expect.night.by", LocalTime.ofInstant(due, ZoneOffset.UTC).toString())
        .with("facedrop.expect.night.zone", "UTC");
  }

  private Installation installation(String name, StrangeApi api) throws IOException {
    return new Installation(Files.createDirectories(folder.resolve(name)), api.uri().toString())
        .with("facedrop.console.port", "0")
        .with("facedrop.api.concurrency", "1")
        .with("facedrop.api.rate", "50/s");
  }

  @AfterEach
  void close() {
    if (prometheus != null) {
      prometheus.close();
    }
    List.of(refused, paused, faulty).forEach(Installation::close);
    List.of(refusing, pausing, strange).forEach(StrangeApi::close);
    disk.close();
  }

  @Test
  void eachFiresWhenItsFaultIsMade() throws Exception {
    refusing.behave(request -> StrangeApi.Reply.code(401));
    pausing.behave(request -> StrangeApi.Reply.code(429).with("Retry-After: 600"));
    strange.behave(this::strangeReply);
    Cli first = refused.start("serve");
    Cli second = paused.start("serve");
    Cli third = faulty.start("serve");
    List<String> targets =
        List.of(first, second, third).stream().map(Console::of).map(Console::target).toList();
    prometheus = new Prometheus(folder.resolve("prometheus"), targets);
    await().atMost(PATIENCE).until(() -> prometheus.up() == targets.size());
    fires("FacedropSftpFailing");
    assertThat(prometheus.firing()).containsExactly("FacedropSftpFailing");

    missDeadline();
    fires("FacedropManifestLate");

    drop(refused, 2);
    drop(paused, 2);
    fires("FacedropGateHalted", "FacedropGatePausedForLong");

    drop(faulty, 1);
    fires("FacedropRowsInDoubt");
    makeUnwritable("data/success");
    drop(faulty, 40);
    fires("FacedropBatchHeld", "FacedropOutputFailing");
    age("success", Duration.ofMinutes(31));
    fires("FacedropResultsUnpublished", "FacedropFacesAboutToExpire");

    disk.fill();
    fires("FacedropDiskNearlyFull");

    first.close();
    fires("FacedropNodeDown");
    assertThat(prometheus.firing()).doesNotContain("FacedropNoNodeAlive");
    second.close();
    third.close();
    fires("FacedropNoNodeAlive");

    assertThat(seen).isEqualTo(Prometheus.known());
  }

  /** The first row gets no answer, the next is a success, and all others are refused. */
  private StrangeApi.Reply strangeReply(StrangeApi.Request request) {
    long before = strange.creates().size();
    if (!request.creates()) {
      return strange.usual(request);
    }
    if (before == 0) {
      return StrangeApi.Reply.cut();
    }
    return before == 1 ? strange.usual(request) : StrangeApi.Reply.code(422);
  }

  private void drop(Installation installation, int rows) {
    Path manifest = installation.manifest("m" + rows + ".csv.part", rows, Map.of());
    Path inbox = installation.folder.resolve("data/inbox");
    try {
      Files.move(manifest, Files.createDirectories(inbox).resolve("m" + rows + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file lies where the folder of an output would be made. */
  private void makeUnwritable(String output) {
    faulty.write(output, "in the way");
  }

  /** The ledger is as if its open parts had waited for so long. */
  private void age(String output, Duration age) throws SQLException {
    try (Connection connection = faulty.ledger().connect();
        Statement statement = connection.createStatement()) {
      int changed =
          statement.executeUpdate(
              "update part set opened_at = opened_at - "
                  + age.toMillis()
                  + " where state <> 'published' and output = '"
                  + output
                  + "'");
      assertThat(changed).isPositive();
    }
  }

  /** The deadline of the manifest that does not come. */
  private static Instant missed() {
    return Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);
  }

  /** The ledger is as if somebody had watched when the last deadline passed. */
  private void missDeadline() throws SQLException {
    try (Connection connection = refused.ledger().connect();
        Statement statement = connection.createStatement()) {
      String deadline = String.valueOf(due.toEpochMilli());
      statement.executeUpdate(
          "insert into expectation (name, judged_to, missed) values ('night', "
              + deadline
              + ", "
              + deadline
              + ") on conflict (name) do update set judged_to = excluded.judged_to, missed ="
              + " excluded.missed");
    }
  }

  private void fires(String... alerts) {
    Collection<String> wanted = List.of(alerts);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(prometheus.firing()).containsAll(wanted));
    seen.addAll(wanted);
  }
}
