package io.facedrop.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private final HostNames names =
      new HostNames("127.0.0.1", List.of("faces.example.com", "2001:db8::7"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8080",
        "127.0.0.1:1",
        "[::1]:8080",
        "[::1]",
        "faces.example.com",
        "FACES.example.com:443",
        "[2001:db8::7]:8080"
      })
  void hasItsOwnAndThoseThatAreAllowedAtAnyPort(String host) {
    assertThat(names.has(List.of(host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "evil.example:8080",
        "faces.example.com.evil.example",
        "127.0.0.1@evil.example",
        "localhost:80:80",
        "localhost:",
        "localhost:x",
        "localhost/",
        " localhost",
        "::1",
        "2130706433"
      })
  void hasNoOther(String host) {
    assertThat(names.has(List.of(host))).isFalse();
  }

  @Test
  void hasNoneOfTwoAndNotNone() {
    assertThat(names.has(List.of())).isFalse();
    assertThat(names.has(List.of("localhost", "localhost"))).isFalse();
  }

  @Test
  void hasTheHostThatIsListenedOn() {
    assertThat(new HostNames("Box.example.com", List.of()).has(List.of("box.example.com:9")))
        .isTrue();
  }
}
