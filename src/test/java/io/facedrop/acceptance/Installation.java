package io.facedrop.acceptance;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A directory in which the packaged program runs, as an operator sets one up. */
final class Installation implements AutoCloseable {
  static final String KEY = "canary-83c1d7";

  final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<Cli> programs = new ArrayList<>();

  Installation(Path folder, String address) {
    this.folder = folder;
    with("facedrop.api.base-url", address);
    with("facedrop.api.key", KEY);
    with("facedrop.console.port", "off");
  }

  Installation with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Installation withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A manifest of so many images, whose paths bear a word where one is told. */
  Path manifest(String name, int rows, Map<Integer, String> words) {
    String lines =
        IntStream.range(0, rows)
            .mapToObj(row -> url(row, words.getOrDefault(row, "fine")))
            .collect(Collectors.joining("\n", "image_url\n", "\n"));
    return write(name, lines);
  }

  static String url(int row, String word) {
    return "https://images.example.com/" + word + "/" + row + ".jpg";
  }

  Path write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts {@code java -jar facedrop.jar} with these arguments, of which -D and -X are the JVM's.
   */
  Cli start(String... arguments) {
    Map<Boolean, List<String>> words =
        Stream.of(arguments).collect(Collectors.partitioningBy(word -> word.matches("-[DX].*")));
    return started(words.get(true), words.get(false));
  }

  /** The same, with another jar on the class path. */
  Cli startBeside(Path jar, String... arguments) {
    return started(Cli.beside(jar.toString()), List.of(arguments));
  }

  private Cli started(List<String> options, List<String> arguments) {
    write(
        "application.properties",
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
    Cli program = new Cli(folder, options, environment, arguments.toArray(String[]::new));
    programs.add(program);
    return program;
  }

  /** All rows of an output. */
  List<Map<String, String>> rows(String output) {
    List<Path> parts =
        Tree.wholeFiles(folder.resolve("data").resolve(output)).stream()
            .filter(file -> file.toString().endsWith(".csv"))
            .toList();
    return CsvRows.of(parts);
  }

  LedgerFile ledger() {
    return new LedgerFile(folder.resolve("data/ledger.db"));
  }

  long number(String sql) {
    return ledger().number(sql);
  }

  @Override
  public void close() {
    programs.forEach(Cli::close);
  }
}
