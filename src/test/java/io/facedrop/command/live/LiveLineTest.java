package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveLineTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");
  private static final List<String> CAUSES =
      List.of(
          "code 429: Too Many Requests",
          "outage, last seen: \u001b[2Ja\nline of its own",
          "code 455: 系统维护中，请稍后再试，系统维护中，请稍后再试",
          "x".repeat(500));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void fitsFromSixtyColumnsOnAndSaysWhatItMust() {
    for (int times = 0; times < 20_000; times++) {
      LiveLine line = anyLine();
      int columns = LiveLine.NARROWEST - 1 + random.nextInt(141);
      String text = line.text(columns);

      assertThat(Cells.width(text))
          .as("seed %d, %d columns: %s", seed, columns, text)
          .isLessThanOrEqualTo(columns);
      assertThat(text).as("seed %d, %d columns", seed, columns).doesNotContainPattern("\\p{Cntrl}");
      saysWhatItMust(line, columns, text);
    }
  }

  private void saysWhatItMust(LiveLine line, int columns, String text) {
    Tallied tally = line.now().tally();
    Hindrance hindrance = line.now().hindrance();
    String open = Count.of(tally.rows() - tally.settled(), "row") + " left";
    if (hindrance.isThere()) {
      assertThat(text).as("seed %d, %d columns", seed, columns).contains("; " + open);
      assertThat(text).contains(hindrance.until() == null ? "halted: " : "paused for ");
      assertThat(text).containsPattern("(paused for .*|halted): (code|outa|xxxx|the )");
    } else {
      String rows = Count.number(tally.settled()) + "/" + Count.of(tally.rows(), "row");
      assertThat(text).as("seed %d, %d columns", seed, columns).contains(rows);
      line.left().ifPresent(left -> assertThat(text).contains("  " + Span.spoken(left) + " left"));
    }
    assertThat(text).doesNotContainPattern("(^|[ /])1 (rows|dead letters)");
    if (columns >= 99 && tally.rows() < 100_000 && !hindrance.isThere()) {
      assertThat(text).startsWith("[").contains("%  ", " elapsed");
      assertThat(text.contains("dead letter")).isEqualTo(tally.dead() > 0);
    }
  }

  @Test
  void aPauseCountsDownUnderItsCause() {
    Hindrance pause =
        new Hindrance("paused", "code 429: Too Many Requests", NOW.plusMillis(11_200));

    assertThat(line(tally(40, 36, 1), pause, "").text(59))
        .isEqualTo("paused for 12s: code 429: Too Many Requests; 3 rows left");
    assertThat(line(tally(40, 36, 1), pause, "").text(79))
        .isEqualTo("37/40 rows  paused for 12s: code 429: Too Many Requests; 3 rows left");
    assertThat(line(tally(40, 36, 1), pause, "").text(119))
        .startsWith("[=======")
        .endsWith(
            ">]  92%  37/40 rows  1 dead letter"
                + "  paused for 12s: code 429: Too Many Requests; 3 rows left  1m 40s elapsed");
  }

  @Test
  void whatIsSuspendedHasNeitherSpeedNorEnd() {
    Hindrance full = new Hindrance("suspended", "the disk of the ledger is full", null);

    assertThat(line(tally(40, 36, 1), full, "").text(89))
        .isEqualTo(
            "37/40 rows  1 dead letter  suspended: the disk of the ledger is full; 3 rows left");
    assertThat(line(tally(40, 36, 1), full, "").text(200))
        .contains("suspended: ")
        .doesNotContain("rows/s")
        .doesNotContainPattern("\\ds left");
  }

  @Test
  void theBarTakesTheRoomThatIsLeft() {
    LiveLine line = line(tally(2_400, 1_200, 1), Hindrance.NONE, "");

    assertThat(line.text(60))
        .isEqualTo("1,201/2,400 rows  1 dead letter  1m 40s elapsed  1m 35s left");
    assertThat(line.text(79))
        .isEqualTo(
            "[=====>    ]  50%  1,201/2,400 rows  1 dead letter  1m 40s elapsed  1m 35s left");
    assertThat(line.text(119)).contains("12.3 rows/s  1m 40s elapsed").startsWith("[==========");
  }

  private LiveLine anyLine() {
    long rows = 1 + (long) Math.pow(10, 8 * random.nextDouble());
    long settled = (long) (rows * random.nextDouble());
    long dead = (long) (settled * Math.pow(random.nextDouble(), 4));
    Tallied tally = new Tallied(rows, settled - dead, dead, random.nextInt(10_000), 0, 0, 0, 1);
    String cause = CAUSES.get(random.nextInt(CAUSES.size()));
    Hindrance hindrance =
        switch (random.nextInt(3)) {
          case 0 -> Hindrance.NONE;
          case 1 -> new Hindrance("halted", cause, null);
          default -> new Hindrance("paused", cause, NOW.plusSeconds(random.nextInt(43_200)));
        };
    Optional<Duration> left =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(1 + random.nextInt(10_000_000)));
    return new LiveLine(
        new Moment(
            NOW, tally, random.nextBoolean(), hindrance, random.nextBoolean() ? cause : "", null),
        random.nextDouble() * 10_000,
        Duration.ofSeconds(random.nextInt(1_000_000)),
        left);
  }

  private static Tallied tally(long rows, long succeeded, long dead) {
    return new Tallied(rows, succeeded, dead, 0, 0, 0, 0, 1);
  }

  private static LiveLine line(Tallied tally, Hindrance hindrance, String failure) {
    return new LiveLine(
        new Moment(NOW, tally, false, hindrance, failure, null),
        12.3,
        Duration.ofSeconds(100),
        Optional.of(Duration.ofSeconds(95)));
  }
}
