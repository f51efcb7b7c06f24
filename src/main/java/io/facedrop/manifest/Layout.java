package io.facedrop.manifest;

/**
 * The shape that a manifest's rows share and its outputs keep.
 *
 * @param delimiter between the cells of an output row; a comma unless the manifest is CSV
 * @param header the manifest's own columns in their order as CSV text, behind a byte order mark if
 *     the manifest began with one; empty for JSONL
 */
public record Layout(Format format, char delimiter, String header) {
  private static final String MARK = "\uFEFF";

  /** A header, with the mark without which a spreadsheet garbles what is no ASCII. */
  public static String marked(boolean mark, String header) {
    return mark ? MARK + header : header;
  }

  /** The byte order mark of the outputs; empty for none. */
  public String mark() {
    return header.startsWith(MARK) ? MARK : "";
  }

  /** The header without a mark. */
  public String columns() {
    return header.substring(mark().length());
  }
}
