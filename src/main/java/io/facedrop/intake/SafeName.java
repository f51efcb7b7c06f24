package io.facedrop.intake;

import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.NameCharset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names that mean one file to everybody. Camel takes a backslash for a separator of folders, so
 * that {@code ..\..\m.csv} would be moved out of the inbox; a line break forges lines of the log.
 */
public final class SafeName {
  /** Outputs mirror the folders, under longer names and in longer places; in bytes. */
  public static final int LONGEST_PATH = 1024;

  /** File systems end at 255 bytes, of which the outputs' names need up to 50 for themselves. */
  private static final int LONGEST_NAME = 200;

  /** What a decoder puts where it finds no character. */
  private static final char UNDECODABLE = '\uFFFD';

  private static final Pattern UNSAFE = Pattern.compile("[\\\\\\p{Cc}\\x{FFFD}]");

  private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{");

  /** Also what turns the direction of text, or ends lines elsewhere. */
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private SafeName() {}

  /** What is wrong with a file name; null for nothing. */
  public static String fault(String name) {
    if (name.indexOf('\\') >= 0) {
      return "a backslash";
    }
    if (isUndecodable(name)) {
      return "bytes that are no text in this system's encoding"
          + (NameCharset.isNarrow() ? " (" + NameCharset.advice() + ")" : "");
    }
    if (!NameCharset.canHold(name)) {
      return "letters that this system's names cannot hold (" + NameCharset.advice() + ")";
    }
    return name.chars().anyMatch(Character::isISOControl) ? "a control character" : null;
  }

  /** Whether some of its bytes spell nothing. */
  public static boolean isUndecodable(String name) {
    return name.indexOf(UNDECODABLE) >= 0;
  }

  /** Whether Camel looks for an expression in it, and ends the whole poll if it finds none. */
  public static boolean holdsExpression(String name) {
    return EXPRESSION.matcher(name).find();
  }

  /** Whether no output could have the path. */
  public static boolean isTooLong(String path) {
    return bytes(path) > LONGEST_PATH;
  }

  /**
   * Refuses a manifest after which no output can be named.
   *
   * @throws ManifestRejectedException {@code NAME_TOO_LONG} or {@code UNSAFE_NAME}
   */
  static void verify(String name) throws ManifestRejectedException {
    refuseLongName(name);
    refuseUnsafeName(name);
  }

  /**
   * The outputs' names hold the manifest's; what no file system could write must not be paid for.
   */
  private static void refuseLongName(String name) throws ManifestRejectedException {
    int bytes = bytes(name);
    if (bytes > LONGEST_NAME) {
      throw new ManifestRejectedException(
          "NAME_TOO_LONG",
          "the file name is too long to name the outputs after it",
          "at most " + LONGEST_NAME + " bytes",
          Integer.toString(bytes),
          0);
    }
  }

  /** Outputs are named after the manifest, and must not be written anywhere else for that. */
  private static void refuseUnsafeName(String name) throws ManifestRejectedException {
    String fault = SafeName.fault(name);
    if (fault != null) {
      throw new ManifestRejectedException(
          "UNSAFE_NAME",
          "the outputs cannot be named after the file",
          "a name without backslashes and control characters",
          fault,
          0);
    }
  }

  /**
   * A name that can be written: the end of this name, with an underscore for each character that is
   * not allowed.
   */
  public static String of(String name) {
    return UNSAFE.matcher(shortened(name)).replaceAll("_");
  }

  /** A path that ends in this name, where Camel has made slashes of the name's backslashes. */
  public static String asListed(String path, String name) {
    int folder = path.length() - name.length();
    return path.endsWith(name.replace('\\', '/')) ? path.substring(0, folder) + name : path;
  }

  /** A name as a log can show it: no line of its own making. */
  public static String shown(String name) {
    return NOT_SHOWN.matcher(name).replaceAll("?");
  }

  /** The end of a name that is too long, which holds its extension. */
  private static String shortened(String name) {
    String end = name;
    while (bytes(end) > LONGEST_NAME) {
      end = end.substring(end.offsetByCodePoints(0, 1));
    }
    return end;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
