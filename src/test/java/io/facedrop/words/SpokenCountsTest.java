package io.facedrop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody reads "1 rows". */
class SpokenCountsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** A number followed by several of a word, in one text or put together. */
  private static final Pattern SEVERAL =
      Pattern.compile(
          "(%,?d|%s|\\{}|[\\w)]\\s*\\+\\s*\") "
              + "(rows|batches|requests|tasks|dead letters|attempts|credits|manifests)\\b(?! per)");

  @Test
  void whatIsCountedIsOneOrSeveral() throws IOException {
    List<String> found;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(SpokenCountsTest::places)
              .toList();
    }

    assertThat(found).as("say it with Count.of").isEmpty();
  }

  private static Stream<String> places(Path file) {
    try {
      return SEVERAL
          .matcher(Files.readString(file))
          .results()
          .map(hit -> file + ": " + hit.group());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
