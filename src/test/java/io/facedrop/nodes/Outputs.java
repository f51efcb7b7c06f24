package io.facedrop.nodes;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every row that was published, wherever its part is now. */
final class Outputs {
  private static final Set<String> OUTPUTS = Set.of("success", "dead-letter");

  /**
   * A row of a part.
   *
   * @param output {@code success} or {@code dead-letter}
   */
  record Row(String output, Path part, Map<String, String> cells) {
    String cell(String name) {
      return cells.getOrDefault(name, "");
    }

    boolean isSuccess() {
      return output.equals("success");
    }
  }

  private final Map<String, Map<Long, List<Row>>> rows = new HashMap<>();
  private final List<Path> parts = new ArrayList<>();
  private final List<Path> temporary = new ArrayList<>();
  private int again;

  Outputs(Path home) {
    for (Path file : Tree.files(home)) {
      if (output(home.relativize(file)) == null) {
        continue;
      }
      if (file.getFileName().toString().startsWith(".")) {
        temporary.add(file);
      } else if (isKnown(file)) {
        again++;
      } else {
        parts.add(file);
      }
    }
    parts.forEach(part -> read(part, output(home.relativize(part))));
  }

  /** A part that was taken away before a fault may appear again, by its name and byte by byte. */
  private boolean isKnown(Path file) {
    return parts.stream()
        .filter(part -> part.getFileName().equals(file.getFileName()))
        .anyMatch(part -> Observer.sha256(part).equals(Observer.sha256(file)));
  }

  /** Null of a file that is none; a part that was taken away lies one folder deeper. */
  private static String output(Path file) {
    int taken = file.getName(0).toString().startsWith("taken-") ? 1 : 0;
    String folder = file.getNameCount() > taken ? file.getName(taken).toString() : "";
    return OUTPUTS.contains(folder) ? folder : null;
  }

  private void read(Path part, String output) {
    String name = part.getFileName().toString();
    String manifest = name.substring(0, name.indexOf('.'));
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(part)) {
      for (NamedCsvRecord row : csv) {
        rows.computeIfAbsent(manifest, it -> new HashMap<>())
            .computeIfAbsent(Long.parseLong(row.getField("facedrop_line")), it -> new ArrayList<>())
            .add(new Row(output, part, row.getFieldsAsMap()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By line. */
  Map<Long, List<Row>> of(String manifest) {
    return rows.getOrDefault(manifest, Map.of());
  }

  List<Path> parts() {
    return parts;
  }

  /** Parts that appeared again after they had been taken away. */
  int again() {
    return again;
  }

  /** Files that were not completed. */
  List<Path> temporary() {
    return temporary;
  }
}
