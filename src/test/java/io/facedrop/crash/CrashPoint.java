package io.facedrop.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the program where it can be killed, told by a Byteman rule.
 *
 * @param name the rule's name
 * @param rule its whole text
 */
record CrashPoint(String name, String rule) {
  private static final Pattern RULE = Pattern.compile("(?ms)^RULE ([^\n]+)\n.*?^ENDRULE$");

  /** What a program says that has come to its point. */
  static final String REACHED = "at the crash point";

  /** Every point, in the order of a row's life. */
  static List<CrashPoint> all() {
    try (InputStream rules = CrashPoint.class.getResourceAsStream("points.btm")) {
      Matcher matcher = RULE.matcher(new String(rules.readAllBytes(), StandardCharsets.UTF_8));
      return matcher.results().map(CrashPoint::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CrashPoint of(MatchResult rule) {
    return new CrashPoint(rule.group(1), rule.group() + "\n");
  }

  /** How many visits a life of some seconds surely has. */
  int visits() {
    if (name.matches(".*(manifest|acceptance|loaded|recovering|complete|report).*")) {
      return 1;
    }
    return name.contains("part") || name.contains("shared") ? 4 : 30;
  }
}
