package io.facedrop.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a route finds each bean's class from where it is named. */
class BeansTest {
  private static final Pattern NAMED =
      Pattern.compile("\"#(\\w+)\"|^\\s+ref: (\\w+)|\\$\\{bean:(\\w+)\\?");

  @TempDir Path home;

  @Test
  void everyBeanOfARouteIsBoundAndItsClassStandsBesideIt() throws Exception {
    Map<String, String> expected = new HashMap<>();
    Map<String, String> found = new HashMap<>();
    Map<String, Object> beans = beans();
    for (Path route : routes()) {
      List<String> lines = Files.readAllLines(route);
      for (int i = 0; i < lines.size(); i++) {
        String place = route.getFileName() + ":" + (i + 1);
        Matcher named = NAMED.matcher(lines.get(i));
        if (named.find()) {
          Object bean = beans.get(name(named));
          expected.put(place, bean == null ? "no such bean" : bean.getClass().getName());
          found.put(place, lines.get(i).replaceFirst("^.* # ", ""));
        }
      }
    }
    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(15);
  }

  private static String name(Matcher named) {
    return IntStream.rangeClosed(1, named.groupCount())
        .mapToObj(named::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBeanBearsItsClassesName() throws Exception {
    assertThat(beans())
        .isNotEmpty()
        .allSatisfy(
            (name, bean) ->
                assertThat(bean.getClass().getSimpleName()).isEqualToIgnoringCase(name));
  }

  private Map<String, Object> beans() throws InvalidSettingsException {
    Settings settings =
        SettingsReader.readWithKey(
            Map.of(
                "facedrop.api.key", "any",
                "facedrop.sftp.uri", "sftp://partner@127.0.0.1:22/drops",
                "facedrop.sftp.password", "any",
                "facedrop.sftp.host-key-checking", "off",
                "facedrop.inbox", home.resolve("inbox").toString()));
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.systemUTC());
        Beans beans =
            new Beans(
                settings, ledger, OptionalDouble::empty, Duration.ZERO, (thread, failure) -> {})) {
      beans.addConsole(() -> false);
      return beans.byName();
    }
  }

  private static List<Path> routes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }
}
