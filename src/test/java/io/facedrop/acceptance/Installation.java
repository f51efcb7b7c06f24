package io.facedrop.acceptance;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
  private static final Path JAR =
      Path.of(System.getProperty("packaged.jar", "target/facedrop.jar")).toAbsolutePath();

  final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<Program> programs = new ArrayList<>();

  Installation(Path folder, String address) {
    this.folder = folder;
    with("facedrop.api.base-url", address);
    with("facedrop.api.key", KEY);
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

  /** Starts {@code java -jar facedrop.jar} with these arguments. */
  Program start(String... arguments) {
    write(
        "application.properties",
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
    List<String> options =
        Stream.of(arguments).filter(argument -> argument.startsWith("-D")).toList();
    command.addAll(1, options);
    Stream.of(arguments).filter(argument -> !options.contains(argument)).forEach(command::add);
    Program program = new Program(folder, command, environment);
    programs.add(program);
    return program;
  }

  /** All rows of an output. */
  List<Map<String, String>> rows(String output) {
    Path parts = folder.resolve("data").resolve(output);
    if (!Files.isDirectory(parts)) {
      return List.of();
    }
    List<Map<String, String>> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(parts)) {
      for (Path file : files.filter(Installation::isWhole).sorted().toList()) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
          csv.forEach(row -> rows.add(row.getFieldsAsMap()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** One that is being written begins with a dot. */
  private static boolean isWhole(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".csv") && !name.startsWith(".");
  }

  /** The rows that a query of the ledger finds, as text. */
  List<Map<String, String>> ledger(String sql) {
    try (Connection connection = ledger();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<Map<String, String>> rows = new ArrayList<>();
      while (row.next()) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
          columns.put(row.getMetaData().getColumnLabel(column), row.getString(column));
        }
        rows.add(columns);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of its own to the ledger. */
  Connection ledger() throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 20000");
    }
    return connection;
  }

  long number(String sql) {
    String value = ledger(sql).get(0).values().iterator().next();
    return value == null ? 0 : Long.parseLong(value);
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
