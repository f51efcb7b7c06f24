package io.facedrop.config;

import java.util.List;

/**
 * Loggers of Camel's that show settings as they are, secrets too, and cannot be switched on here.
 */
final class SilentLoggers {
  private static final List<String> NAMES =
      List.of(
          "org.apache.camel.component.properties.DefaultPropertiesParser",
          "org.apache.camel.impl.engine.DefaultCamelContextExtension",
          "org.apache.camel.main.BaseMainSupport");

  private SilentLoggers() {}

  /** Comes before they are made: then they look for their level, and the exact name wins. */
  static void keep() {
    NAMES.forEach(name -> System.setProperty("org.slf4j.simpleLogger.log." + name, "info"));
  }
}
