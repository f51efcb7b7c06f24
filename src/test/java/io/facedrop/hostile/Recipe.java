package io.facedrop.hostile;

/**
 * Text that is too long, or too odd, to stand in a table: {@code \n}, {@code \t}, {@code \r},
 * {@code \\} and {@code \}{@code u0041} are escapes, and <code>{3*ab}</code> is ababab.
 */
final class Recipe {
  private final String text;
  private int position;

  private Recipe(String text) {
    this.text = text;
  }

  static String cooked(String text) {
    return new Recipe(unescaped(text)).expanded();
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(escaped);
      }
    }
    return plain.toString();
  }

  private String expanded() {
    StringBuilder cooked = new StringBuilder();
    while (position < text.length()) {
      int times = times();
      if (times < 0) {
        cooked.append(text.charAt(position++));
      } else {
        int start = text.indexOf('*', position) + 1;
        int end = end(start);
        cooked.append(text.substring(start, end).repeat(times));
        position = end + 1;
      }
    }
    return cooked.toString();
  }

  /** How often what begins here is repeated; -1 where nothing of that kind begins. */
  private int times() {
    int star = text.charAt(position) == '{' ? text.indexOf('*', position) : -1;
    String number = star < 0 ? "" : text.substring(position + 1, star);
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
  }

  private int end(int start) {
    int depth = 1;
    int end = start;
    while (depth > 0) {
      char c = text.charAt(end++);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return end - 1;
  }
}
