package io.facedrop.integration;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files in {@code ./routes}: which of them facedrop reads, and why it does not read others. */
final class RouteFiles {
  static final Path FOLDER = Path.of("routes");
  static final String EXTENSION = ".camel.yaml";

  private static final String UNREAD =
      " is not read: the name of a route file ends with " + EXTENSION;

  private RouteFiles() {}

  /** The names of the route files, which facedrop reads. */
  static List<String> names() {
    return files().stream()
        .map(Path::toString)
        .filter(name -> name.endsWith(EXTENSION) && !isDeeper(name))
        .toList();
  }

  /** The text of a file; empty when it cannot be read. */
  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      // Whoever loads it says what is wrong with it.
      return "";
    }
  }

  /** Whether a file is as in the jar, line ends aside. */
  static boolean isDelivered(String file) {
    try (InputStream jars = RouteFiles.class.getResourceAsStream("/routes/" + file)) {
      return jars != null
          && new String(jars.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList()
              .equals(Files.readString(FOLDER.resolve(file)).lines().toList());
    } catch (IOException e) {
      // Whoever loads it says what is wrong with it.
      return false;
    }
  }

  /** The files that are meant as routes and are none by their names or folders, in words. */
  static List<String> unread() {
    return files().stream()
        .map(file -> file.toString().replace(File.separatorChar, '/'))
        .filter(name -> name.matches("(?i).*[.](ya?ml|xml)"))
        .filter(name -> isDeeper(name) || !name.endsWith(EXTENSION))
        .map(name -> "./" + FOLDER + "/" + name + why(name))
        .toList();
  }

  private static String why(String name) {
    if (!isDeeper(name)) {
      return UNREAD + "; rename it";
    }
    return " is not read: a route file lies in ./"
        + FOLDER
        + " itself, not in a folder below; move it there"
        + (name.endsWith(EXTENSION) ? "" : ", and let its name end with " + EXTENSION);
  }

  private static boolean isDeeper(String name) {
    return Path.of(name).getNameCount() > 1;
  }

  /** The files below, but none in hidden folders: Kubernetes keeps what it mounts there. */
  private static List<Path> files() {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try {
      // A walk does not follow a link, not even the one that it starts from.
      Path start = FOLDER.toRealPath();
      Files.walkFileTree(start, new Visitor(start, files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  /** Collects files; of a folder below that cannot be looked into it knows nothing. */
  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> files;

    Visitor(Path start, List<Path> files) {
      this.start = start;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(start) && folder.getFileName().toString().startsWith(".")
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files.add(start.relativize(file));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(start)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
