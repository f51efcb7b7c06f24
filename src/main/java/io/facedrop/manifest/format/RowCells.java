package io.facedrop.manifest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the output text of a row apart again, into the cells that its manifest had. */
public final class RowCells {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private RowCells() {}

  /**
   * Returns the cells by the names of their columns, in the manifest's order. Of columns with the
   * same name it is the first. Cells of CSV and TXT are strings; those of JSONL are what they are
   * in JSON.
   */
  public static Map<String, Object> of(
      Layout layout, String before, String imageUrl, String after) {
    String line = RowText.of(layout).line(before, imageUrl, after, List.of(), List.of());
    return layout.format() == Format.JSONL ? members(line) : cells(layout, line);
  }

  private static Map<String, Object> members(String object) {
    try {
      return JSON.readValue(object, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> cells(Layout layout, String line) {
    List<String> names = names(layout);
    List<String> cells = record(layout, line);
    Map<String, Object> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.putIfAbsent(names.get(i), cells.get(i));
    }
    return byName;
  }

  /** The names of a manifest's columns, in its order; not for JSONL, whose rows differ. */
  public static List<String> names(Layout layout) {
    return record(
        layout, RowText.of(layout).headerWith(List.of()).substring(layout.mark().length()));
  }

  private static List<String> record(Layout layout, String text) {
    CsvReader.CsvReaderBuilder reader =
        CsvReader.builder().fieldSeparator(layout.delimiter()).skipEmptyLines(false);
    return reader.ofCsvRecord(text).stream().findFirst().map(CsvRecord::getFields).orElseThrow();
  }
}
