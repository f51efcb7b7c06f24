package io.facedrop.publish.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.0003, 0.99, 1, 1.01, 4.9, 10, 11.3, 100, 9647, 12_000_000})
  void holdsTheHighestValueInAFewRoundSteps(double highest) {
    Scale scale = Scale.linear(highest);
    assertThat(scale.high()).isGreaterThanOrEqualTo(highest).isLessThan(highest * 2);
    assertThat(scale.ticks()).hasSizeBetween(3, 6);
    assertThat(scale.share(0)).isZero();
    assertThat(scale.share(highest)).isBetween(0.5, 1.0);
  }

  @Test
  void countsInWholeSteps() {
    assertThat(Scale.counts(1).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void givesEqualRatiosEqualHeights() {
    Scale scale = Scale.logarithmic(3, 4000);
    assertThat(scale.low()).isEqualTo(2);
    assertThat(scale.high()).isEqualTo(5000);
    assertThat(scale.ticks()).containsExactly(10.0, 100.0, 1000.0);
    assertThat(scale.share(20) - scale.share(10))
        .isCloseTo(scale.share(400) - scale.share(200), org.assertj.core.data.Offset.offset(1e-9));
    assertThat(scale.share(0)).isZero();
  }

  @Test
  void showsMoreThanOneLineOfEqualTimes() {
    assertThat(Scale.logarithmic(50, 50).ticks()).containsExactly(50.0, 100.0, 200.0);
  }
}
