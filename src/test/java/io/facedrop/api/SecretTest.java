package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
  private final Secret secret = new Secret("k3y/\"with+signs");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the key k3y/\"with+signs is unknown | the key *** is unknown",
        "prefix-k3y/\"with+signs-suffix | prefix-***-suffix",
        "{\"a\":\"k3y/\\\"with+signs\"} | {\"a\":\"***\"}",
        "/path?key=k3y%2F%22with%2Bsigns&b | /path?key=***&b",
        "Basic azN5LyJ3aXRoK3NpZ25z | Basic ***",
        "k3y and signs | k3y and signs"
      })
  void isHiddenHoweverItIsWritten(String text, String shown) {
    assertThat(secret.hiddenIn(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "x, the sandbox says x, the sandbox says ***",
    "x, 'key=x&a=box', 'key=***&a=box'",
    "x, x, ***",
    "x, 'x2 1x éx', 'x2 1x éx'",
    "key, 'the key: key', 'the ***: ***'",
    "$1, 'costs $1', 'costs ***'",
    "'', anything, anything"
  })
  void spoilsNoOtherWordsWhenItIsShort(String value, String text, String shown) {
    assertThat(new Secret(value).hiddenIn(text)).isEqualTo(shown);
  }

  @Test
  void hasNoText() {
    assertThat(secret).hasToString("***");
  }
}
