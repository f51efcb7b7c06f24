package io.facedrop.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.manifest.ManifestRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"m.csv", "$1 100% #'m'.csv", "...csv", "* ?.csv", "m.csv~"})
  void takesAnyNameThatMeansOneFileToEverybody(String name) {
    assertThat(SafeName.fault(name)).isNull();
    assertThatCode(() -> SafeName.verify(name)).doesNotThrowAnyException();
    assertThat(SafeName.of(name)).isEqualTo(name);
    assertThat(SafeName.shown(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "..\\..\\m.csv, a backslash, .._.._m.csv",
    "'a\nb.csv', a control character, a_b.csv",
    "'a\u0085b.csv', a control character, a_b.csv"
  })
  void refusesANameThatMeansAnotherPlaceOrForgesALine(String name, String fault, String written) {
    ManifestRejectedException rejection = rejection(name);

    assertThat(rejection.code()).isEqualTo("UNSAFE_NAME");
    assertThat(rejection)
        .hasMessage(
            "the outputs cannot be named after the file: expected a name without backslashes and"
                + " control characters but found "
                + fault);
    assertThat(SafeName.of(name)).isEqualTo(written);
  }

  @Test
  void refusesBytesThatSpellNothing() {
    assertThat(SafeName.fault("caf\uFFFD.csv"))
        .startsWith("bytes that are no text in this system's encoding");
    assertThat(SafeName.of("caf\uFFFD.csv")).isEqualTo("caf_.csv");
  }

  @Test
  void refusesANameThatLeavesNoRoomForThoseOfItsOutputs() {
    String longest = "x".repeat(196) + ".csv";
    assertThatCode(() -> SafeName.verify(longest)).doesNotThrowAnyException();

    ManifestRejectedException rejection = rejection("x" + longest);

    assertThat(rejection.code()).isEqualTo("NAME_TOO_LONG");
    assertThat(rejection)
        .hasMessage(
            "the file name is too long to name the outputs after it: expected at most 200 bytes but"
                + " found 201");
  }

  @Test
  void keepsTheEndOfALongNameWhichSaysWhatItIs() {
    String name = SafeName.of("\uD83D\uDE00".repeat(60) + ".csv");

    assertThat(name).endsWith("\uD83D\uDE00.csv").startsWith("\uD83D\uDE00");
    assertThat(name.getBytes(UTF_8)).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({"'a\nb', a?b", "'a\u202Eb', a?b", "'a\u2028b', a?b", "'a\u2029b', a?b", "'a b', a b"})
  void showsNoLinesAndDirectionsOfTheNamesOwnMaking(String name, String shown) {
    assertThat(SafeName.shown(name)).isEqualTo(shown);
  }

  private static ManifestRejectedException rejection(String name) {
    return catchThrowableOfType(ManifestRejectedException.class, () -> SafeName.verify(name));
  }
}
