package io.facedrop.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void oneIsOne() {
    assertThat(Count.of(1, "dead letter")).isEqualTo("1 dead letter");
    assertThat(Count.of(0, "dead letter")).isEqualTo("0 dead letters");
    assertThat(Count.of(12_345, "row")).isEqualTo("12,345 rows");
  }

  @Test
  void knowsThePluralsOfTheGlossary() {
    assertThat(Count.of(2, "batch")).isEqualTo("2 batches");
    assertThat(Count.of(2, "query")).isEqualTo("2 queries");
    assertThat(Count.of(2, "success")).isEqualTo("2 successes");
    assertThat(Count.of(2, "reply")).isEqualTo("2 replies");
    assertThat(Count.of(2, "day")).isEqualTo("2 days");
  }

  @Test
  void theVerbFollowsTheNumber() {
    assertThat(Count.of(1, "batch", "is", "are")).isEqualTo("1 batch is");
    assertThat(Count.of(2, "batch", "is", "are")).isEqualTo("2 batches are");
  }
}
