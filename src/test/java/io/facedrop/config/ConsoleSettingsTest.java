package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.config.Settings.Console;
import io.facedrop.config.Settings.Console.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSettingsTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir Path folder;

  @Test
  void isOnLoopbackAtAPortThatNobodyHasChosen() throws InvalidSettingsException {
    assertThat(console(Map.of()))
        .isEqualTo(new Console("127.0.0.1", 8080, false, List.of(), List.of(), List.of()));
  }

  @Test
  void knowsThatAPortWasChosen() throws InvalidSettingsException {
    assertThat(console(Map.of("facedrop.console.port", "8080")).chosen()).isTrue();
    assertThat(console(Map.of("facedrop.console.port", "0")).port()).isZero();
    assertThat(console(Map.of("facedrop.console.port", "off")).isOff()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", "", "Off"})
  void refusesOtherPorts(String port) {
    assertThat(faults(Map.of("facedrop.console.port", port)))
        .containsExactly(
            "facedrop.console.port must be off, or a port of at most 65535 (0: any that is free)"
                + " but is "
                + (port.isEmpty() ? "empty" : "'" + port + "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "facedrop.console.host, '', must be a host name or address but is empty",
    "facedrop.console.host, a b, must be a host name or address but is 'a b'",
    "facedrop.console.host, http://x, must be a host name or address but is 'http://x'",
    "facedrop.console.allowed-hosts, *.example.com, 'must be whole names, without *, but is"
        + " ''*.example.com'''",
    "facedrop.log.format, xml, must be text or json but is 'xml'"
  })
  void refusesOtherForms(String key, String value, String fault) {
    assertThat(faults(Map.of(key, value))).containsExactly(key + " " + fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
  void needsNoTokenOnLoopback(String host) throws InvalidSettingsException {
    assertThat(console(Map.of("facedrop.console.host", host)).operators()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.2.3", "facedrop.example.com", "127.0.0.1.example.com", "2001:db8::1"})
  void needsTheOperatorsTokenElsewhere(String host) {
    assertThat(faults(Map.of("facedrop.console.host", host)))
        .containsExactly(
            "facedrop.console.token-file must name a file with the operator's token, because"
                + " facedrop.console.host is not loopback but '"
                + host
                + "', where others could reach it");
  }

  @Test
  void needsNoneWhereItIsOff() throws InvalidSettingsException {
    assertThat(
            console(Map.of("facedrop.console.host", "0.0.0.0", "facedrop.console.port", "off"))
                .isOff())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "[::]"})
  void needsTheNamesUnderWhichEveryAddressIsReached(String host) throws Exception {
    Map<String, String> settings = withToken(host);

    assertThat(faults(settings))
        .containsExactly(
            "facedrop.console.allowed-hosts must name the hosts under which it is reached, because"
                + " facedrop.console.host is '"
                + host
                + "'");
    settings.put("facedrop.console.allowed-hosts", "Box.example.com, 10.1.2.3");
    assertThat(console(settings).allowedHosts()).containsExactly("box.example.com", "10.1.2.3");
  }

  @Test
  void readsTokensFromFilesWithoutTheLineBreakAtTheirEnd() throws Exception {
    Map<String, String> settings = withToken("10.1.2.3");
    settings.put("facedrop.console.viewer-token-file", file("viewer", "v" + TOKEN + "\n"));

    Console console = console(settings);

    assertThat(console.operators()).containsExactly(new Pass("", TOKEN));
    assertThat(console.viewers()).containsExactly(new Pass("", "v" + TOKEN));
    assertThat(console.toString()).doesNotContain(TOKEN);
    assertThat(console.operators().toString()).doesNotContain(TOKEN);
  }

  @Test
  void readsLinesOfANameAndAToken() throws Exception {
    String lines = "anna  a" + TOKEN + "\r\n\nberta@night\tb" + TOKEN + "\n";

    Console console = console(Map.of("facedrop.console.token-file", file("token", lines)));

    assertThat(console.operators())
        .containsExactly(new Pass("anna", "a" + TOKEN), new Pass("berta@night", "b" + TOKEN));
  }

  @ParameterizedTest
  @CsvSource({
    "'anna 0123456789abcdef\nanna 0123456789abcdeg', name",
    "'anna 0123456789abcdef\nberta 0123456789abcdef', token"
  })
  void refusesANameOrATokenThatStandsTwice(String lines, String what) throws Exception {
    assertThat(faults(Map.of("facedrop.console.token-file", file("bad", lines))))
        .containsExactly(
            "facedrop.console.token-file must name a file in which each " + what + " stands once");
  }

  @Test
  void keepsTokensFromTheRoutes() throws Exception {
    assertThat(SettingsReader.read(withToken("10.1.2.3")).properties().toString())
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "short, 1",
    "0123456789 abcdef, 1",
    "0123456789abcdéf, 1",
    "'0123456789abcdef\n0123456789abcdeg', 1",
    "'anna 0123456789abcdef\n0123456789abcdeg', 2",
    "'anna 0123456789abcdef\nan na 0123456789abcdeg', 2",
    "'<b> 0123456789abcdef', 1"
  })
  void refusesTokensThatAreShortOrHaveNoNameAndDoesNotShowThem(String lines, int line)
      throws Exception {
    assertThat(faults(Map.of("facedrop.console.token-file", file("bad", lines))))
        .containsExactly(
            "facedrop.console.token-file must name a file with one token, or with lines of a name,"
                + " a blank and a token, but line "
                + line
                + " is neither. A token has at least 16 ASCII characters and no blanks; openssl"
                + " rand -hex 32 makes one");
  }

  @Test
  void refusesOneTokenForBoth() throws Exception {
    Map<String, String> settings = withToken("127.0.0.1");
    settings.put("facedrop.console.viewer-token-file", file("viewer", TOKEN));

    assertThat(faults(settings))
        .containsExactly(
            "facedrop.console.viewer-token-file must hold another token than"
                + " facedrop.console.token-file, which does more");
  }

  @Test
  void tellsAllFaultsInOneGo() {
    assertThat(
            faults(
                Map.of(
                    "facedrop.console.host", "0.0.0.0",
                    "facedrop.console.viewer-token-file", folder.resolve("none").toString(),
                    "facedrop.api.rate", "never")))
        .hasSize(4);
  }

  private Map<String, String> withToken(String host) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("facedrop.console.host", host);
    settings.put("facedrop.console.token-file", file("token", TOKEN + "\n"));
    return settings;
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static Console console(Map<String, String> settings) throws InvalidSettingsException {
    return SettingsReader.read(settings).console();
  }

  private static List<String> faults(Map<String, String> settings) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> SettingsReader.read(settings))
        .faults();
  }
}
