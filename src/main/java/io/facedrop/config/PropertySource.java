package io.facedrop.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Looks properties up: what was typed as {@code -D}, the environment, the settings file, the copy
 * inside the jar.
 */
final class PropertySource implements AutoCloseable {
  private static final String PREFIX = "facedrop.";
  private static final Pattern VAULT =
      Pattern.compile(
          "\\{\\{\\??(aws|azure|gcp|hashicorp|cyberark|ibm|spring-config"
              + "|secret|secret-binary|configmap|configmap-binary):");
  private static final String DEFAULT_KEY = "{{env:CRUN_API_KEY}}";

  static {
    SilentLoggers.keep();
  }

  private final CamelContext context = new DefaultCamelContext();
  private final PropertiesComponent properties = context.getPropertiesComponent();
  private final Map<String, String> overrides;

  /**
   * @param commands win over every other source
   */
  PropertySource(Map<String, String> commands) {
    // Camel would prefer the environment to what was typed.
    this.overrides = typed();
    overrides.putAll(commands);
    properties.setEncoding("UTF-8");
    properties.addLocation("file:" + SettingsFile.path() + ";optional=true");
    properties.addLocation("classpath:application.properties");
    overrides.forEach(properties::addOverrideProperty);
    context.build();
    Vaults.configure(context);
  }

  private static Map<String, String> typed() {
    Map<String, String> typed = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> typed.put(name, System.getProperty(name)));
    return typed;
  }

  /** Our properties in the jar. */
  static Map<String, String> defaults() {
    Properties properties = new Properties();
    try (InputStream file = PropertySource.class.getResourceAsStream("/application.properties")) {
      properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> defaults = new TreeMap<>();
    properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> defaults.put(name, properties.getProperty(name)));
    return defaults;
  }

  /**
   * The value with its placeholders resolved; empty when there is none, or it is the environment
   * variable of the default that is not set.
   *
   * @throws UnresolvedException when another placeholder cannot be resolved
   */
  Optional<String> value(String key) {
    refuseVaultsThatAreNotHere(key);
    try {
      String override = overrides.get(key);
      return override == null
          ? properties.resolveProperty(key).map(String::trim)
          : Optional.of(context.resolvePropertyPlaceholders(override).trim());
    } catch (RuntimeException unresolved) {
      String raw = raw(key);
      if (DEFAULT_KEY.equals(raw)) {
        return Optional.empty();
      }
      throw new UnresolvedException(raw, properties, unresolved);
    }
  }

  /** Camel takes what follows the name of a function that it does not know for a default. */
  private void refuseVaultsThatAreNotHere(String key) {
    String raw = raw(key);
    Matcher vault = VAULT.matcher(raw);
    while (vault.find()) {
      if (!UnresolvedException.isKnown(vault.group(1), properties)) {
        throw new UnresolvedException(raw, properties, null);
      }
    }
  }

  /** As it is written. */
  private String raw(String key) {
    return Stream.of(
            overrides.get(key),
            System.getenv(variableOf(key)),
            properties.loadProperties().getProperty(key))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /**
   * Whether it was typed, or is another than the jar's. Who copies the whole file of the jar has
   * not chosen what stands there.
   */
  boolean isChosen(String key) {
    return overrides.containsKey(key)
        || System.getenv(variableOf(key)) != null
        || !raw(key).equals(defaults().get(key));
  }

  /** The environment variable that a setting takes its value from, as an aside; empty for none. */
  String behind(String key) {
    return DEFAULT_KEY.equals(raw(key)) ? " (through the environment variable CRUN_API_KEY)" : "";
  }

  /** Every name under {@code facedrop.} that was typed, or that a file or a command holds. */
  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(overrides.keySet());
    names.addAll(properties.loadProperties().stringPropertyNames());
    names.removeIf(name -> !name.startsWith(PREFIX));
    return names;
  }

  /**
   * Properties of the files that are not ours but Camel's or the operator's own routes', each as it
   * was typed or the environment has it, if it is there.
   */
  Map<String, String> others() {
    Properties files = properties.loadProperties();
    Map<String, String> others = new TreeMap<>();
    files.stringPropertyNames().stream()
        .filter(name -> !name.startsWith(PREFIX))
        .forEach(name -> others.put(name, other(name, files)));
    return others;
  }

  private static String other(String name, Properties files) {
    String inFiles = System.getenv().getOrDefault(variableOf(name), files.getProperty(name));
    return System.getProperty(name, inFiles);
  }

  /** Environment variables that look like ours, such as {@code FACEDROP_API_RATE}. */
  static SortedSet<String> variables() {
    SortedSet<String> names = new TreeSet<>(System.getenv().keySet());
    names.removeIf(name -> !name.startsWith("FACEDROP_"));
    return names;
  }

  /** Names that are not ours, of the files and of what was typed. */
  SortedSet<String> foreign() {
    SortedSet<String> names = new TreeSet<>(others().keySet());
    names.addAll(System.getProperties().stringPropertyNames());
    names.removeIf(name -> name.startsWith(PREFIX));
    return names;
  }

  /** Environment variables that do not look like ours. */
  static SortedSet<String> foreignVariables() {
    SortedSet<String> names = new TreeSet<>(System.getenv().keySet());
    names.removeAll(variables());
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
