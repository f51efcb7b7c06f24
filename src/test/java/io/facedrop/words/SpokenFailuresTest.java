package io.facedrop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A failure that is put together with a text, or logged for an operator, brings its name along.
 * {@code ArchitectureTest} sees the calls that do so, but not these.
 */
class SpokenFailuresTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern NAMED =
      Pattern.compile("\\b\\w*(?:Exception|Throwable|Error)(?: \\| \\w+)* (\\w+)\\s*[),:]");

  /** The first looks into the text; the second tells of a fault of facedrop's own. */
  private static final List<String> ALLOWED =
      List.of("SftpFault.java: answer", "LedgerComponent.java: failure");

  @Test
  void noFailureIsSaidByItsName() throws IOException {
    List<String> found;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(SpokenFailuresTest::places)
              .distinct()
              .toList();
    }

    assertThat(found).as("say it with Cause.of").containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  private static Stream<String> places(Path file) {
    String source;
    try {
      source = Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return NAMED
        .matcher(source)
        .results()
        .map((MatchResult hit) -> hit.group(1))
        .distinct()
        .filter(name -> isSaid(name, source))
        .map(name -> file.getFileName() + ": " + name);
  }

  private static boolean isSaid(String name, String source) {
    return Pattern.compile("\\+\\s*" + name + "\\s*[;),+]|\\(" + name + " \\+ \"")
            .matcher(source)
            .find()
        || Pattern.compile(
                "LOG\\.(info|warn|error)\\((?:(?!\\);\\n).)*,\\s*" + name + "\\s*[,)]",
                Pattern.DOTALL)
            .matcher(source)
            .find();
  }
}
