package io.facedrop.manifest.csv;

/** Writes CSV cells, quoted only where FastCSV's own writer would quote them. */
public final class CsvCell {

  private CsvCell() {}

  public static void append(StringBuilder text, char delimiter, String value) {
    append(text, delimiter, value.toCharArray(), 0, value.length());
  }

  public static void append(
      StringBuilder text, char delimiter, char[] value, int offset, int length) {
    if (!needsQuotes(delimiter, value, offset, length)) {
      text.append(value, offset, length);
      return;
    }
    text.append('"');
    for (int i = offset; i < offset + length; i++) {
      if (value[i] == '"') {
        text.append('"');
      }
      text.append(value[i]);
    }
    text.append('"');
  }

  private static boolean needsQuotes(char delimiter, char[] value, int offset, int length) {
    // FastCSV quotes the number sign in the first cell only, where a reader may see a comment.
    if (length > 0 && value[offset] == '#') {
      return true;
    }
    for (int i = offset; i < offset + length; i++) {
      char c = value[i];
      if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
