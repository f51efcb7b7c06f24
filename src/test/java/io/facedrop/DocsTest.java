package io.facedrop;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Notice;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README and the pages of the manual, as the files of the project have them. */
class DocsTest {
  private static final Path README = Path.of("README.md");
  private static final Path MANUAL = Path.of("src/docs");
  private static final int LARGEST_README = 10_000;

  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern PROBLEM =
      Pattern.compile("(?:\\badd|new Problem)\\(\\s*\"([a-z-]+)\"");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void readmeIsAFrontDoorAndNoManual() throws IOException {
    assertThat(Files.size(README)).isLessThanOrEqualTo(LARGEST_README);
  }

  @Test
  void readmeHasTheTwoCommandsByWhichItIsTried() {
    assertThat(text(README).lines())
        .anyMatch(line -> line.startsWith("mvn -q compile exec:java "))
        .anyMatch(line -> line.startsWith("mvn verify "));
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      matches(LINK, withoutCodeBlocks(page))
          .map(link -> link.group(1))
          .filter(target -> !ELSEWHERE.matcher(target).matches())
          .filter(target -> !leadsSomewhere(page, target))
          .forEach(target -> broken.add(page + " links to " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void readmeNamesEveryPageOfTheManual() {
    String readme = text(README);
    assertThat(manual())
        .isNotEmpty()
        .allSatisfy(page -> assertThat(readme).contains("](" + slashed(page) + ")"));
  }

  @Test
  void manualNamesEverySetting() throws IOException {
    String manual = manual().stream().map(DocsTest::text).collect(Collectors.joining());
    assertThat(settings())
        .isNotEmpty()
        .filteredOn(key -> !manual.contains("`" + key + "`") && !manual.contains(family(key)))
        .isEmpty();
  }

  @Test
  void manualNamesEveryEvent() {
    assertThat(Notice.Kind.values())
        .extracting(Notice.Kind::words)
        .filteredOn(words -> !text(MANUAL.resolve("events.md")).contains("| `" + words + "` |"))
        .isEmpty();
  }

  @Test
  void manualNamesEveryProblem() throws IOException {
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/facedrop/operator"))) {
      assertThat(sources.flatMap(source -> matches(PROBLEM, text(source))).toList())
          .isNotEmpty()
          .extracting(code -> code.group(1))
          .filteredOn(code -> !text(MANUAL.resolve("operation.md")).contains("| `" + code + "` |"))
          .isEmpty();
    }
  }

  @Test
  void everyTestThatProvesSomethingIsThere() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<String> sources = files.map(file -> file.getFileName().toString()).toList();
      assertThat(pages().stream().flatMap(page -> matches(TEST, text(page))).toList())
          .isNotEmpty()
          .extracting(test -> test.group(1) + ".java")
          .filteredOn(source -> !sources.contains(source))
          .isEmpty();
    }
  }

  private static List<Path> pages() {
    return Stream.concat(Stream.of(README), manual().stream()).toList();
  }

  private static List<Path> manual() {
    try (Stream<Path> files = Files.list(MANUAL)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutCodeBlocks(Path page) {
    return CODE_BLOCK.matcher(text(page)).replaceAll("");
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static boolean leadsSomewhere(Path page, String target) {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** As GitHub makes them: of headings that are alike all but the first get a number. */
  private static List<String> anchors(Path page) {
    Map<String, Integer> seen = new HashMap<>();
    return matches(HEADING, withoutCodeBlocks(page))
        .map(heading -> anchor(heading.group(1)))
        .map(name -> numbered(name, seen.merge(name, 1, Integer::sum) - 1))
        .toList();
  }

  private static String numbered(String name, int before) {
    return before == 0 ? name : name + "-" + before;
  }

  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<String> settings() throws IOException {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
      properties.load(file);
    }
    return properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith("facedrop."))
        .sorted()
        .toList();
  }

  /** How the manual names all settings below one name. */
  private static String family(String key) {
    return "`" + key.substring(0, key.lastIndexOf('.')) + ".*`";
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
