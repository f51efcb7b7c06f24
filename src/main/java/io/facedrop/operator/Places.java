package io.facedrop.operator;

import io.facedrop.config.Settings;

/** Where outputs lie, for people to read. */
public final class Places {
  private Places() {}

  /** The directory behind a {@code file:} URI; of another the URI without its options. */
  public static String directory(String uri) {
    return Settings.Outputs.directory(uri);
  }
}
