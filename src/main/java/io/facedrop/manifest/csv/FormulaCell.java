package io.facedrop.manifest.csv;

import java.util.regex.Pattern;

/**
 * CSV cells that a spreadsheet would run, made harmless by a {@code '} in front (OWASP, "CSV
 * Injection").
 */
public final class FormulaCell {

  /** What a formula begins with, full-width forms included. */
  private static final String SIGNS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final char QUOTE = '\'';

  // A spreadsheet that expects another delimiter finds the beginning of a cell behind each.
  private static final Pattern BEHIND_A_DELIMITER =
      Pattern.compile("(?<=.[,;|\t\r\n\"])(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])", Pattern.DOTALL);

  private FormulaCell() {}

  /** Whether a spreadsheet would take the cell for a formula. */
  public static boolean is(String cell) {
    return cell != null && !cell.isEmpty() && SIGNS.indexOf(cell.charAt(0)) >= 0;
  }

  /** The cell, with a quote in front if it is a formula; {@link #exact} takes it off again. */
  public static String harmless(String cell) {
    return is(cell) ? QUOTE + cell : cell;
  }

  /** The same for a text of which no form needs to be kept, wherever a cell might begin in it. */
  public static String harmlessThroughout(String text) {
    return text == null ? null : harmless(BEHIND_A_DELIMITER.matcher(text).replaceAll("'"));
  }

  /** An id as it was before it was made harmless; what began with a quote has got one more. */
  public static String exact(String id) {
    boolean quoted =
        id != null
            && id.length() > 1
            && id.charAt(0) == QUOTE
            && (SIGNS.indexOf(id.charAt(1)) >= 0 || id.charAt(1) == QUOTE);
    return quoted ? id.substring(1) : id;
  }

  /** Every cell of a piece of CSV, such as the text of a row before its URL, made harmless. */
  public static String harmlessCells(String cells, char delimiter) {
    StringBuilder text = new StringBuilder(cells.length() + 8);
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < cells.length(); i++) {
      char c = cells.charAt(i);
      if (c == '"') {
        // A quote within quotes is doubled: the second opens again what the first has closed.
        if (!quoted && i > 0 && cells.charAt(i - 1) == '"') {
          cell.append(c);
        }
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        CsvCell.append(text, delimiter, harmlessThroughout(cell.toString()));
        text.append(delimiter);
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    CsvCell.append(text, delimiter, harmlessThroughout(cell.toString()));
    return text.toString();
  }
}
