package io.facedrop.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code -Dbench.…} asks for.
 *
 * @param rows rows of a throughput run of facedrop; slow contenders get a stated share
 * @param scaleRows rows of the manifest that is large
 * @param grantedRows rows at a rate that an API grants
 * @param groups settled and claimed beside a backlog
 * @param seconds length of the runs whose rate is given, by latency or by us
 * @param idleSeconds how long an idle serve is watched
 * @param concurrency requests in flight where there is no latency
 * @param only scenarios and contenders; empty for all
 * @param java home of the JDK for all Java processes
 * @param facedropOptions JVM options of facedrop
 * @param name of the result files
 */
record Options(
    Path home,
    int rounds,
    int rows,
    int scaleRows,
    int grantedRows,
    int groups,
    int seconds,
    int idleSeconds,
    int concurrency,
    List<String> only,
    Path java,
    String python,
    List<String> facedropOptions,
    String name) {

  static Options read() {
    Path home = Path.of(System.getProperty("bench.home", "src/bench")).toAbsolutePath();
    if (!Files.exists(home.resolve("pom.xml"))) {
      throw new IllegalArgumentException(
          "expected src/bench at " + home + ": run mvn -q -f src/bench compile exec:java");
    }
    return new Options(
        home,
        number("rounds", 5),
        number("rows", 1_000_000),
        number("scale-rows", 10_000_000),
        number("granted-rows", 3_000),
        number("groups", 2_000),
        number("seconds", 60),
        number("idle", 30),
        number("concurrency", 32),
        words("only", ","),
        Path.of(System.getProperty("bench.java", System.getProperty("java.home"))),
        System.getProperty("bench.python", "python3"),
        words("facedrop-options", " "),
        System.getProperty("bench.name", "bench"));
  }

  /** The same with one more JVM option of facedrop. */
  Options withFacedrop(String option) {
    List<String> more = new ArrayList<>(facedropOptions);
    more.add(option);
    return new Options(
        home,
        rounds,
        rows,
        scaleRows,
        grantedRows,
        groups,
        seconds,
        idleSeconds,
        concurrency,
        only,
        java,
        python,
        more,
        name);
  }

  Path target(String name) {
    return home.resolve("target").resolve(name);
  }

  Path project() {
    return home.getParent().getParent();
  }

  String javaProgram() {
    return java.resolve("bin").resolve("java").toString();
  }

  private static int number(String name, int otherwise) {
    String text = System.getProperty("bench." + name, String.valueOf(otherwise));
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "bench." + name + " must be a whole number above zero but is " + text);
    }
    return Integer.parseInt(text);
  }

  private static List<String> words(String name, String separator) {
    return Arrays.stream(System.getProperty("bench." + name, "").split(separator))
        .map(String::trim)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
