package io.facedrop.log;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides before anything is logged whether lines are text or JSON. The settings are read later,
 * and that logs; so this looks for two of them by itself, in the same places.
 */
public final class LogFormat {
  private static final String FORMAT = "facedrop.log.format";
  private static final String NODE = "facedrop.node.name";
  private static final String PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String CONFIG = "--config";

  private LogFormat() {}

  /**
   * Must come before any class that logs.
   *
   * @param arguments of the command line, which may set properties
   */
  public static void choose(String... arguments) {
    if (value(FORMAT, arguments).equals("json")) {
      JsonLines.node(node(value(NODE, arguments)));
      System.setProperty(PROVIDER, JsonProvider.class.getName());
      // It would say, and not as JSON, that it has found the provider.
      System.setProperty(VERBOSITY, "WARN");
    }
  }

  /** Whether what is logged is text. */
  public static boolean isText() {
    return System.getProperty(PROVIDER) == null;
  }

  static String value(String key, String... arguments) {
    return Stream.<Supplier<String>>of(
            () -> typed("-D" + key, arguments),
            () -> System.getProperty(key),
            () -> System.getenv(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_")),
            () -> written(key, file(arguments)))
        .map(Supplier::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("")
        .trim();
  }

  private static Path file(String... arguments) {
    int place = Arrays.asList(arguments).indexOf(CONFIG) + 1;
    String named =
        place > 0 && place < arguments.length ? arguments[place] : typed(CONFIG, arguments);
    return Path.of(named == null ? "application.properties" : named);
  }

  private static String typed(String option, String... arguments) {
    String start = option + "=";
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  private static String written(String key, Path named) {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(named, StandardCharsets.UTF_8)) {
      properties.load(file);
    } catch (IOException | IllegalArgumentException unreadable) {
      // Who reads the settings says what is wrong with the file.
      return null;
    }
    return properties.getProperty(key);
  }

  private static String node(String name) {
    try {
      return name.isEmpty() || name.contains("{{")
          ? InetAddress.getLocalHost().getHostName()
          : name;
    } catch (UnknownHostException nameless) {
      return "facedrop";
    }
  }
}
