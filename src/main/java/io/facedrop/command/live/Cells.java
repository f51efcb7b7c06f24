package io.facedrop.command.live;

import org.jline.utils.WCWidth;

/** Text in the columns of a terminal, where a Chinese character takes two. */
public final class Cells {
  private static final String CUT = "...";

  private Cells() {}

  public static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  private static int width(int character) {
    return Math.max(0, WCWidth.wcwidth(character));
  }

  /** Cut to so many columns, without anything that a terminal takes for an order. */
  public static String fitting(String text, int columns) {
    String shown = text.replaceAll("\\p{Cntrl}", " ");
    return width(shown) <= columns
        ? shown
        : beginning(shown, Math.max(0, columns - CUT.length())) + CUT;
  }

  /** The same, but cut in its middle, for both ends of a file's name tell something. */
  public static String fittingInTheMiddle(String text, int columns) {
    String shown = text.replaceAll("\\p{Cntrl}", " ");
    if (width(shown) <= columns) {
      return shown;
    }
    int room = Math.max(0, columns - CUT.length());
    String end = reversed(beginning(reversed(shown), room / 2));
    return beginning(shown, room - width(end)) + CUT + end;
  }

  private static String beginning(String text, int room) {
    StringBuilder cut = new StringBuilder();
    int left = room;
    for (int character : text.codePoints().toArray()) {
      left -= width(character);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(character);
    }
    return cut.toString();
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
