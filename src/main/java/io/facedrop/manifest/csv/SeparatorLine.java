package io.facedrop.manifest.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Excel's first line {@code sep=;}, which names the delimiter and is no header. */
final class SeparatorLine {
  private static final int LONGEST = 9;

  private static final Pattern LINE =
      Pattern.compile(
          "\"?sep=([^\"\\s]|\t)\"?(?:[\r\n].*)?", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private SeparatorLine() {}

  /** The delimiter that the text's first line names; it is read from. */
  static Optional<Character> in(Reader text) throws IOException {
    char[] start = new char[LONGEST];
    int length = 0;
    int read = 0;
    while (length < LONGEST && read >= 0) {
      read = text.read(start, length, LONGEST - length);
      length += Math.max(read, 0);
    }
    Matcher line = LINE.matcher(new String(start, 0, length));
    return line.matches() ? Optional.of(line.group(1).charAt(0)) : Optional.empty();
  }
}
