package io.facedrop.intake;

import java.util.List;

/**
 * How done files are named after their manifests.
 *
 * @param pattern a {@code doneFileName} of Camel's; empty for no done files
 */
public record DoneFileName(String pattern) {
  public boolean used() {
    return !pattern.isEmpty();
  }

  /** The done file's name of a manifest in the same folder. */
  public String of(String manifest) {
    int end = manifest.lastIndexOf('.');
    String bare = end < 0 ? manifest : manifest.substring(0, end);
    String name = pattern;
    for (String open : List.of("${", "$simple{")) {
      name = name.replace(open + "file:name}", manifest);
      name = name.replace(open + "file:name.noext}", bare);
    }
    return name;
  }
}
