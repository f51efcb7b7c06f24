package io.facedrop.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Looks properties up in Camel's own order: environment, {@code -D}, {@code application.properties}
 * in the working directory, the copy inside the jar.
 */
final class PropertySource implements AutoCloseable {
  private static final String PREFIX = "facedrop.";

  private final CamelContext context = new DefaultCamelContext();
  private final PropertiesComponent properties = context.getPropertiesComponent();
  private final Map<String, String> overrides;

  /**
   * @param overrides win over every other source
   */
  PropertySource(Map<String, String> overrides) {
    this.overrides = overrides;
    properties.addLocation("file:application.properties;optional=true");
    properties.addLocation("classpath:application.properties");
    overrides.forEach(properties::addOverrideProperty);
    context.build();
  }

  /** Our properties in the jar. */
  static Map<String, String> defaults() {
    Properties properties = new Properties();
    try (InputStream file = PropertySource.class.getResourceAsStream("/application.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> defaults = new TreeMap<>();
    properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> defaults.put(name, properties.getProperty(name)));
    return defaults;
  }

  /** The value with its placeholders resolved; empty when a placeholder cannot be. */
  Optional<String> value(String key) {
    try {
      String override = overrides.get(key);
      return override == null
          ? properties.resolveProperty(key).map(String::trim)
          : Optional.of(context.resolvePropertyPlaceholders(override).trim());
    } catch (IllegalArgumentException unresolved) {
      return Optional.empty();
    }
  }

  /** Every name under {@code facedrop.} that a file, {@code -D} or an override holds. */
  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(overrides.keySet());
    names.addAll(properties.loadProperties().stringPropertyNames());
    names.addAll(System.getProperties().stringPropertyNames());
    names.removeIf(name -> !name.startsWith(PREFIX));
    return names;
  }

  /** Properties of the files that are not ours but Camel's or the operator's own routes'. */
  Map<String, String> others() {
    Map<String, String> others = new TreeMap<>();
    properties
        .loadProperties(name -> !name.startsWith(PREFIX))
        .forEach((name, value) -> others.put(name.toString(), value.toString()));
    return others;
  }

  /** Environment variables that look like ours, such as {@code FACEDROP_API_RATE}. */
  static SortedSet<String> variables() {
    SortedSet<String> names = new TreeSet<>(System.getenv().keySet());
    names.removeIf(name -> !name.startsWith("FACEDROP_"));
    return names;
  }

  static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public void close() {
    context.stop();
  }
}
