package io.facedrop.expect;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A manifest that is expected again and again.
 *
 * @param name the operator's for it
 * @param files glob on its path below the inbox
 * @param warnBefore the operator is warned so long before a deadline; zero for never
 */
public record Expectation(String name, String files, Schedule schedule, Duration warnBefore) {
  /** Whether a manifest of this path is meant. */
  public boolean isOf(String path) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + files).matches(Path.of(path));
    } catch (InvalidPathException ofAnotherMachine) {
      return false;
    }
  }

  /** When the operator is warned of a deadline that nothing has met. */
  public Instant warning(Instant deadline) {
    return deadline.minus(warnBefore);
  }

  public boolean warns() {
    return !warnBefore.isZero();
  }
}
