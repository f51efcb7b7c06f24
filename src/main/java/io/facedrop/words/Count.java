package io.facedrop.words;

import java.util.Locale;

/** Numbers as people read them, with what is counted. */
public final class Count {
  private Count() {}

  /**
   * A number and what is counted, such as {@code 1 row}, {@code 2,000 rows} or {@code 2 batches}.
   */
  public static String of(long value, String one) {
    return number(value) + " " + (value == 1 ? one : many(one));
  }

  /** The same with other words around the number, such as {@code 1 batch is} and {@code are}. */
  public static String of(long value, String one, String verb, String verbs) {
    return of(value, one) + " " + (value == 1 ? verb : verbs);
  }

  /** A number, its thousands apart. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String many(String one) {
    if (one.endsWith("ch") || one.endsWith("s")) {
      return one + "es";
    }
    return one.matches(".*[^aeiou]y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
  }
}
