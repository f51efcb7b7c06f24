package io.facedrop.ledger.component.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Publication;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetriesTest {
  /** Whatever has failed has failed for longer. */
  private static final Duration AT_ONCE = Duration.ofMillis(-1);

  private static final OutputFault OF_ONE = new OutputFault("no folder", false, false);
  private static final OutputFault OF_PLACE = new OutputFault("not there", false, true);
  private static final OutputFault FULL = new OutputFault("disk full", true, false);

  private final Retries retries = new Retries();

  @Test
  void failuresInOneSubfolderDoNotStall() {
    retries.failed(success(1, "pa/"), OF_ONE);
    retries.failed(success(2, "pa/"), OF_ONE);

    assertThat(retries.stalled(AT_ONCE)).isEmpty();
  }

  @Test
  void failuresInTwoFoldersStall() {
    retries.failed(success(1, "pa/"), OF_ONE);
    retries.failed(success(2, "pb/"), OF_ONE);

    assertThat(retries.stalled(AT_ONCE)).contains(Publication.Kind.SUCCESS);
    assertThat(retries.stalled(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void oneSubfolderOfEachOfTwoKindsDoesNotStall() {
    retries.failed(success(1, "pa/"), OF_ONE);
    retries.failed(new Publication(Publication.Kind.DEAD_LETTER, batch(2, "pb/"), null), OF_ONE);

    assertThat(retries.stalled(AT_ONCE)).isEmpty();
  }

  @Test
  void aFailureInTheRootFolderStalls() {
    retries.failed(success(1, ""), OF_ONE);

    assertThat(retries.stalled(AT_ONCE)).contains(Publication.Kind.SUCCESS);
  }

  @Test
  void aFailureOfThePlaceStallsWhateverTheFolder() {
    retries.failed(success(1, "pa/"), OF_PLACE);

    assertThat(retries.stalled(AT_ONCE)).contains(Publication.Kind.SUCCESS);
  }

  @Test
  void wantOfRoomStallsWhateverTheFolder() {
    retries.failed(success(1, "pa/"), OF_ONE);
    retries.failed(success(1, "pa/"), FULL);

    assertThat(retries.stalled(AT_ONCE)).contains(Publication.Kind.SUCCESS);
  }

  @Test
  void whatIsPublishedSinceShowsThatOthersAreAtFault() {
    retries.failed(success(1, ""), OF_ONE);
    retries.done(success(2, ""));

    assertThat(retries.stalled(AT_ONCE)).isEqualTo(Optional.empty());
  }

  private static Publication success(long number, String folder) {
    return new Publication(Publication.Kind.SUCCESS, batch(number, folder), null);
  }

  private static Batch batch(long number, String folder) {
    return new Batch(
        number,
        "batch-" + number,
        "m.csv",
        "m",
        folder,
        Path.of("m.csv"),
        false,
        new Batch.Api("", false, false),
        new Layout(Format.CSV, ',', "image_url"),
        "",
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        false,
        Instant.EPOCH,
        null,
        null,
        null);
  }
}
