package io.facedrop.acceptance;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of CSV files by the names of their columns, read past our own code. */
final class CsvRows {
  private CsvRows() {}

  static List<Map<String, String>> of(List<Path> files) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Path file : files) {
      try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
        csv.forEach(row -> rows.add(row.getFieldsAsMap()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }
}
