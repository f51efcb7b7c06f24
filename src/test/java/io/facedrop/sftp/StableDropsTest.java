package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StableDropsTest extends WatchedServer {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void takesAFileAtOnceWhereADoneFileSaysThatItIsWhole() throws IOException {
    put("m.csv", "image_url\n");

    assertThat(isTaken(drops(Duration.ZERO, false), "m.csv")).isTrue();
  }

  @Test
  void takesAFileOnceItHasNotChangedForAWhile() throws IOException {
    put("m.csv", "image_url\n");
    StableDrops drops = drops(QUIET, false);

    assertThat(isTaken(drops, "m.csv")).isFalse();
    pass(QUIET.minusNanos(1));
    assertThat(isTaken(drops, "m.csv")).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(isTaken(drops, "m.csv")).isTrue();
  }

  @Test
  void takesNoFileThatGrows() throws IOException {
    Path file = put("m.csv", "image_url\n");
    StableDrops drops = drops(QUIET, false);

    for (int poll = 0; poll < 5; poll++) {
      Files.writeString(file, "https://a.example/1.png\n", StandardOpenOption.APPEND);
      assertThat(isTaken(drops, "m.csv")).isFalse();
      pass(QUIET);
    }
  }

  @Test
  void waitsForTheChecksumThatASettingRequires() throws IOException {
    put("m.csv", "image_url\n");
    StableDrops drops = drops(Duration.ZERO, true);
    assertThat(isTaken(drops, "m.csv")).isFalse();

    put("m.csv.sha256", "7f3a");

    assertThat(isTaken(drops, "m.csv")).isTrue();
  }

  @Test
  void waitsUntilTheChecksumHasNotChangedEither() throws IOException {
    put("m.csv", "image_url\n");
    StableDrops drops = drops(QUIET, false);
    isTaken(drops, "m.csv");
    Path checksum = put("m.csv.sha256", "7");

    for (int poll = 0; poll < 5; poll++) {
      Files.writeString(checksum, "f", StandardOpenOption.APPEND);
      assertThat(isTaken(drops, "m.csv")).isFalse();
      pass(QUIET);
    }
  }

  @Test
  void saysOnceThatAManifestHasWaitedLongForItsChecksum() throws IOException {
    LogLines log = LogLines.of(StableDrops.class);
    put("m.csv", "image_url\n");
    StableDrops drops = drops(Duration.ZERO, true);
    isTaken(drops, "m.csv");
    pass(Duration.ofMinutes(5).minusNanos(1));
    isTaken(drops, "m.csv");
    assertThat(log.get()).isEmpty();

    pass(Duration.ofNanos(1));
    isTaken(drops, "m.csv");
    isTaken(drops, "m.csv");

    assertThat(log.get())
        .containsExactly(
            "WARN m.csv has waited on the SFTP server for m.csv.sha256 for 5 minutes, and"
                + " facedrop.manifest.checksum=required");
  }

  @Test
  void takesTheChecksumAlongWhenItsManifestIsPickedUp() throws IOException {
    put(".work/partner/0a1b2c3d-E-1~m.csv", "image_url\n");
    put("partner/m.csv.sha256", "7f3a");

    release(".work/partner/0a1b2c3d-E-1~m.csv");

    assertThat(in.resolve("partner/m.csv.sha256")).doesNotExist();
    assertThat(in.resolve(".work/partner/0a1b2c3d-E-1~m.csv.sha256")).hasContent("7f3a");
  }

  @Test
  void claimsAManifestWithoutAChecksumToo() throws IOException {
    put(".work/0a1b2c3d-E-1~m.csv", "image_url\n");

    release(".work/0a1b2c3d-E-1~m.csv");

    assertThat(in.resolve(".work/0a1b2c3d-E-1~m.csv")).exists();
  }

  private StableDrops drops(Duration quiet, boolean checksumNeeded) {
    StableDrops drops = new StableDrops(quiet, checksumNeeded, nanos::get);
    drops.prepareOnStartup(operations, endpoint("in"));
    return drops;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private boolean isTaken(StableDrops drops, String name) {
    return drops.acquireExclusiveReadLock(operations, listed(name), about(listed(name)));
  }

  private void release(String pickedUp) {
    drops(Duration.ZERO, false)
        .releaseExclusiveReadLockOnCommit(operations, listed(pickedUp), about(listed(pickedUp)));
  }
}
