package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A directory in the settings is the one that Camel uses, or it is refused. */
class PathsAsWrittenTest {
  private static final List<String> REFUSED =
      List.of("a%2Fb", "a%41b", "a%c3%a9", "a%25b", "a%20b", "a?b", "a?");

  @Test
  void everyPathIsTakenAsItIsWrittenOrRefused() throws Exception {
    TreeSet<String> refused = new TreeSet<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      Stream<String> plain = IntStream.rangeClosed(' ', '~').mapToObj(c -> "a" + (char) c + "b");
      Stream<String> other = Stream.of("caf\u00e9", "\u5199\u771f", "100%", "%zz", "a+%b", "a##b");
      for (String name : Stream.of(plain, other, REFUSED.stream()).flatMap(s -> s).toList()) {
        Path inbox = Path.of("in", name);
        try {
          Settings settings = settings(inbox.toString(), "file:out/x");
          FileEndpoint used = endpoint(camel, "file:" + settings.inbox().directory());
          assertThat(used.getFile().toPath()).as(name).isEqualTo(inbox);
        } catch (InvalidSettingsException e) {
          assertThat(e.faults())
              .singleElement()
              .asString()
              .contains("facedrop.inbox must be a directory without");
          refused.add(name);
        }
      }
    }
    assertThat(refused).containsExactlyInAnyOrderElementsOf(REFUSED);
  }

  /** There a question mark begins the options, as in all URIs of Camel's. */
  @Test
  void everyOutputIsTakenAsItIsWrittenOrRefused() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      for (String name : List.of("a%2Fb", "a%41b", "a#b", "a b", "a+b", "caf\u00e9", "100%")) {
        try {
          String uri = settings("in", "file:out/" + name + "?bufferSize=9").outputs().success();
          assertThat(endpoint(camel, uri).getFile().toPath()).isEqualTo(Path.of("out", name));
        } catch (InvalidSettingsException e) {
          assertThat(name).isIn(REFUSED);
          assertThat(e.faults()).singleElement().asString().contains("facedrop.success.uri");
        }
      }
    }
  }

  private static FileEndpoint endpoint(DefaultCamelContext camel, String uri) {
    return camel.getEndpoint(uri, FileEndpoint.class);
  }

  private static Settings settings(String inbox, String success) throws InvalidSettingsException {
    return SettingsReader.read(
        Map.of("facedrop.api.key", "k", "facedrop.inbox", inbox, "facedrop.success.uri", success));
  }
}
