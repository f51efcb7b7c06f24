package io.facedrop.manifest.format;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.csv.CsvCell;
import io.facedrop.manifest.csv.FormulaCell;
import java.util.List;
import java.util.Locale;

/** Writes output rows in the format of a manifest, without line breaks at their ends. */
public final class RowText {

  private final Layout layout;
  private final boolean neutralised;

  private RowText(Layout layout, boolean neutralised) {
    this.layout = layout;
    this.neutralised = neutralised && layout.format() != Format.JSONL;
  }

  /** Returns the writer for a manifest of this layout, which leaves its cells as they are. */
  public static RowText of(Layout layout) {
    return new RowText(layout, false);
  }

  /**
   * Returns the writer for a manifest of this layout.
   *
   * @param neutralised whether cells of a CSV manifest that are formulas are made harmless
   */
  public static RowText of(Layout layout, boolean neutralised) {
    return new RowText(layout, neutralised);
  }

  /** Appends a value as a CSV cell or, for JSONL, as a JSON string. */
  public void appendCell(StringBuilder text, String value) {
    if (layout.format() == Format.JSONL) {
      JsonText.append(text, value);
    } else {
      CsvCell.append(text, layout.delimiter(), value);
    }
  }

  /** Returns the manifest's own header, with its mark, and our columns; empty for JSONL. */
  public String headerWith(List<String> ourColumns) {
    if (layout.format() == Format.JSONL) {
      return "";
    }
    StringBuilder text = new StringBuilder(own(layout.columns()));
    ourColumns.forEach(column -> appendCell(text.append(layout.delimiter()), column));
    return layout.mark() + neverBlank(text);
  }

  /**
   * Returns an output row.
   *
   * @param ourColumns names of our columns, in their order
   * @param ours their values: plain strings for CSV and TXT, raw JSON for JSONL; null becomes an
   *     empty cell or a JSON null
   * @throws IllegalArgumentException unless each column has one value
   */
  public String line(
      String before, String imageUrl, String after, List<String> ourColumns, List<String> ours) {
    if (ourColumns.size() != ours.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "expected %d values but found %d", ourColumns.size(), ours.size()));
    }
    StringBuilder text = new StringBuilder(own(before));
    appendCell(text, neutralised ? FormulaCell.harmless(imageUrl) : imageUrl);
    text.append(own(after));
    return layout.format() == Format.JSONL
        ? withMembers(text, ourColumns, ours)
        : withCells(text, ours);
  }

  private String own(String cells) {
    return neutralised ? FormulaCell.harmlessCells(cells, layout.delimiter()) : cells;
  }

  private String withMembers(StringBuilder text, List<String> names, List<String> values) {
    for (int i = 0; i < names.size(); i++) {
      JsonText.append(text.append(','), names.get(i));
      text.append(':').append(values.get(i));
    }
    return text.append('}').toString();
  }

  private String withCells(StringBuilder text, List<String> values) {
    for (String value : values) {
      text.append(layout.delimiter());
      if (value != null) {
        appendCell(text, value);
      }
    }
    return neverBlank(text);
  }

  // A blank line is no row, but an only cell that is blank makes one.
  private String neverBlank(StringBuilder text) {
    String line = text.toString();
    return line.isBlank() && line.indexOf(layout.delimiter()) < 0 ? '"' + line + '"' : line;
  }
}
