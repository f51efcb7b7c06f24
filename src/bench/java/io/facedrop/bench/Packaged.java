package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** facedrop's jar, packaged if it is missing or older than what it is made of. */
final class Packaged {
  private static final List<String> SOURCES =
      List.of("pom.xml", "application.properties", "routes", "src/main", "src/generated");

  private Packaged() {}

  static Path jar(Options options) throws IOException, InterruptedException {
    Path project = options.project();
    Path jar = project.resolve("target/facedrop.jar");
    if (!Files.exists(jar) || Files.getLastModifiedTime(jar).compareTo(newest(project)) < 0) {
      System.out.println("Packaging facedrop: " + jar + " is missing or older than its sources");
      make(project);
    }
    return jar;
  }

  private static FileTime newest(Path project) throws IOException {
    FileTime newest = FileTime.fromMillis(0);
    for (String source : SOURCES) {
      try (Stream<Path> files = Files.walk(project.resolve(source))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          FileTime time = Files.getLastModifiedTime(file);
          newest = time.compareTo(newest) > 0 ? time : newest;
        }
      }
    }
    return newest;
  }

  private static void make(Path project) throws IOException, InterruptedException {
    Process maven =
        new ProcessBuilder(maven(), "-q", "-B", "package", "-DskipTests")
            .directory(project.toFile())
            .inheritIO()
            .start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("facedrop could not be packaged; see above");
    }
  }

  /** The one that runs us, if it does. */
  private static String maven() {
    String home = System.getProperty("maven.home");
    return home == null ? "mvn" : Path.of(home, "bin", "mvn").toString();
  }
}
