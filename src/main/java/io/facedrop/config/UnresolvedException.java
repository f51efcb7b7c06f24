package io.facedrop.config;

import io.facedrop.words.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertiesComponent;

/** A placeholder of a setting stands for nothing; says which, without what may be secret in it. */
final class UnresolvedException extends RuntimeException {
  /** A default stands behind the name, and it may be a password. */
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\??(\\w[\\w.-]*)(:[^:#@{}]*)?");

  UnresolvedException(String raw, PropertiesComponent properties, RuntimeException cause) {
    super(words(raw, properties, cause), cause);
  }

  private static String words(
      String raw, PropertiesComponent properties, RuntimeException failure) {
    Matcher reference = REFERENCE.matcher(raw);
    if (!reference.find()) {
      return "cannot be resolved: check its {{ and }}";
    }
    String function = reference.group(1);
    String what =
        "refers to " + reference.group().replace("{{?", "{{") + "…}}, which cannot be resolved";
    if (reference.group(2) == null) {
      return what + ": no property has that name";
    }
    if (function.equals("env") || function.equals("sys")) {
      return what + ": it is not set";
    }
    return isKnown(function, properties)
        ? what + " (" + deepest(failure, raw) + ")"
        : what
            + ": nothing here answers to "
            + function
            + ":, whose jars must be on the class path";
  }

  static boolean isKnown(String function, PropertiesComponent properties) {
    try {
      return properties.getPropertiesFunction(function) != null;
    } catch (RuntimeException doesNotStart) {
      return true;
    }
  }

  private static String deepest(Throwable failure, String raw) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    // Camel's own words repeat the reference, with the default that it may hold.
    return message.contains("{{") || !raw.isEmpty() && message.contains(raw)
        ? "it has no value"
        : Cause.of(cause).lines().findFirst().orElse("");
  }
}
