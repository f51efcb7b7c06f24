package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What all this was measured on. */
record Machine(String processor, int cores, long memoryMib, String system, String java) {

  static Machine read(Options options) {
    return new Machine(
        word("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kib(word("/proc/meminfo", "MemTotal")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        java(options.java()));
  }

  String text() {
    return "%s, %d cores, %,d MiB, %s, Java %s"
        .formatted(processor, cores, memoryMib, system, java);
  }

  private static String word(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static long kib(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** Every JDK has a file of properties that says which it is. */
  private static String java(Path home) {
    Properties release = new Properties();
    try (var lines = Files.newBufferedReader(home.resolve("release"))) {
      release.load(lines);
    } catch (IOException e) {
      return "at " + home;
    }
    return release.getProperty("JAVA_VERSION", "at " + home).replace("\"", "");
  }
}
