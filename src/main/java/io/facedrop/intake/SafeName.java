package io.facedrop.intake;

import java.util.regex.Pattern;

/**
 * Names that mean one file to everybody. Camel takes a backslash for a separator of folders, so
 * that {@code ..\..\m.csv} would be moved out of the inbox; a line break forges lines of the log.
 */
final class SafeName {
  private static final char UNDECODABLE = '\uFFFD';
  private static final Pattern UNSAFE = Pattern.compile("[\\\\\\p{Cc}\\x{FFFD}]");

  /** Also what turns the direction of text, or ends lines elsewhere. */
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private SafeName() {}

  /** What is wrong with a file name; null for nothing. */
  static String fault(String name) {
    if (name.indexOf('\\') >= 0) {
      return "a backslash";
    }
    if (name.indexOf(UNDECODABLE) >= 0) {
      return "bytes that are no text in this system's encoding";
    }
    return name.chars().anyMatch(Character::isISOControl) ? "a control character" : null;
  }

  /** The name with a low line for whatever is wrong with it. */
  static String of(String name) {
    return UNSAFE.matcher(name).replaceAll("_");
  }

  /** A name as a log can show it: no line of its own making. */
  static String shown(String name) {
    return NOT_SHOWN.matcher(name).replaceAll("?");
  }
}
