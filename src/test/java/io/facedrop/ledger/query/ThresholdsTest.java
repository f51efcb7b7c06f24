package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private final Thresholds thresholds = new Thresholds(900_000);

  @Test
  void areUnknownUntilTheyAreSet() {
    assertThat(thresholds.areUnknown()).isTrue();

    thresholds.set(60_000, 50_000, 0);

    assertThat(thresholds.areUnknown()).isFalse();
    assertThat(thresholds.likely()).isEqualTo(60_000);
    assertThat(thresholds.early()).isEqualTo(50_000);
  }

  @Test
  void earlyIsNeverLater() {
    thresholds.set(60_000, 70_000, 0);

    assertThat(thresholds.early()).isEqualTo(60_000);
  }

  @Test
  void muchFasterTasksAreNewOnesUntilTheOpenOnesAreThrough() {
    thresholds.set(60_000, 60_000, 0);
    thresholds.set(2_000, 2_000, 1_000);
    assertThat(thresholds.likely()).isEqualTo(60_000);
    assertThat(thresholds.faster()).hasValue(2_000);

    thresholds.set(3_000, 3_000, 60_999);
    assertThat(thresholds.likely()).isEqualTo(60_000);
    assertThat(thresholds.faster()).hasValue(3_000);

    thresholds.set(3_000, 3_000, 61_000);
    assertThat(thresholds.likely()).isEqualTo(3_000);
    assertThat(thresholds.faster()).isEmpty();
  }

  @Test
  void errorAboutFasterTasksIsTakenBack() {
    thresholds.set(60_000, 60_000, 0);
    thresholds.set(2_000, 2_000, 1_000);

    thresholds.set(59_000, 59_000, 2_000);

    assertThat(thresholds.likely()).isEqualTo(59_000);
    assertThat(thresholds.faster()).isEmpty();
  }
}
