package io.facedrop.manifest;

import java.util.Locale;

/** What becomes of the cells under one column or key. */
public enum Column {
  OWN,
  IMAGE_URL,
  ORIGIN,
  DETECT_TASK_ID,
  DROPPED;

  private static final String OURS = "facedrop_";

  private static final int LONGEST_OURS = 100;

  /** More than any output has of them. */
  public static final int MOST_OURS = 32;

  /** Classifies a name; {@code urlColumn} must be {@link #plain}. */
  public static Column of(String name, String urlColumn) {
    String plain = plain(name);
    if (plain.equals(urlColumn)) {
      return IMAGE_URL;
    }
    return plain.startsWith(OURS) ? ours(plain) : OWN;
  }

  /** Whether an output has added it, so that it counts for no limit of the manifest's own. */
  public static boolean isOurs(String name) {
    return plain(name).startsWith(OURS);
  }

  /** The same of a name in a buffer, which may be as long as a cell. */
  public static boolean isOurs(char[] buffer, int offset, int length) {
    return length <= LONGEST_OURS && isOurs(new String(buffer, offset, length));
  }

  /** Whether an output has added what is under it. */
  public boolean isOurs() {
    return this == ORIGIN || this == DETECT_TASK_ID || this == DROPPED;
  }

  public static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Column ours(String plain) {
    return switch (plain) {
      case "facedrop_origin" -> ORIGIN;
      case "facedrop_detect_task_id" -> DETECT_TASK_ID;
      default -> DROPPED;
    };
  }
}
