package io.facedrop.config;

import static java.util.stream.Collectors.toSet;

import io.facedrop.config.Settings.Console;
import io.facedrop.config.Settings.Console.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is said about the HTTP server of {@code serve}, and who may reach it. */
final class ConsoleSettings {
  private static final String HOST = "facedrop.console.host";
  private static final String PORT = "facedrop.console.port";
  private static final String NAMES = "facedrop.console.allowed-hosts";
  private static final String TOKEN = "facedrop.console.token";
  private static final String VIEWER_TOKEN = "facedrop.console.viewer-token";
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  /** Fewer could be guessed. */
  private static final int SHORTEST_TOKEN = 16;

  /** A name is also shown among the events, so it is a word. */
  private static final Pattern NAMED =
      Pattern.compile("(?:([\\p{L}\\p{N}._@-]{1,64})[ \\t]+)?([!-~]{" + SHORTEST_TOKEN + ",})");

  private final Readings in;

  private ConsoleSettings(Readings in) {
    this.in = in;
  }

  static Console read(Readings in) {
    return new ConsoleSettings(in).console();
  }

  private Console console() {
    String host = in.parsed(HOST, Forms::host);
    Integer port = in.parsed(PORT, ConsoleSettings::port);
    List<String> names = in.parsed(NAMES, ConsoleSettings::names);
    Console console =
        new Console(
            host == null ? "" : host.toLowerCase(Locale.ROOT),
            port == null ? Console.OFF : port,
            in.isChosen(PORT),
            names == null ? List.of() : names,
            passes(TOKEN),
            passes(VIEWER_TOKEN));
    if (host != null && !console.isOff()) {
      check(console);
    }
    return console;
  }

  private static Integer port(String text) {
    if (text.equals("off")) {
      return Console.OFF;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > Addresses.HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "must be off, or a port of at most " + Addresses.HIGHEST_PORT + " (0: any that is free)");
    }
    return Integer.valueOf(text);
  }

  private static List<String> names(String text) {
    List<String> names = Forms.hosts(text);
    if (names.stream().anyMatch(name -> name.startsWith("*"))) {
      throw new IllegalArgumentException("must be whole names, without *,");
    }
    return names;
  }

  /** One token alone, or lines of a name and a token. */
  private List<Pass> passes(String key) {
    List<String> lines =
        in.secretInFile(key).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<Pass> passes = new ArrayList<>();
    for (String line : lines) {
      Matcher named = NAMED.matcher(line);
      if (named.matches() && (named.group(1) != null || lines.size() == 1)) {
        passes.add(new Pass(named.group(1) == null ? "" : named.group(1), named.group(2)));
        in.mask().hide(named.group(2));
      } else {
        in.fault(
            key
                + "-file must name a file with one token, or with lines of a name, a blank and a"
                + " token, but line "
                + (passes.size() + 1)
                + " is neither. A token has at least "
                + SHORTEST_TOKEN
                + " ASCII characters and no blanks; openssl rand -hex 32 makes one");
        return List.of();
      }
    }
    refuseRepeated(key, "name", passes.stream().map(Pass::name).toList());
    refuseRepeated(key, "token", passes.stream().map(Pass::token).toList());
    return passes;
  }

  private void refuseRepeated(String key, String what, List<String> all) {
    if (Set.copyOf(all).size() < all.size()) {
      in.fault(key + "-file must name a file in which each " + what + " stands once");
    }
  }

  private void check(Console console) {
    Set<String> acting = console.operators().stream().map(Pass::token).collect(toSet());
    if (console.viewers().stream().map(Pass::token).anyMatch(acting::contains)) {
      in.fault(
          VIEWER_TOKEN + "-file must hold another token than " + TOKEN + "-file, which does more");
    }
    if (Addresses.isLoopback(console.host()) || console.host().equals("::1")) {
      return;
    }
    if (console.operators().isEmpty()) {
      in.fault(
          TOKEN
              + "-file must name a file with the operator's token, because "
              + HOST
              + " is not loopback but "
              + in.mask().quoted(console.host())
              + ", where others could reach it");
    }
    if (EVERY_ADDRESS.contains(console.host()) && console.allowedHosts().isEmpty()) {
      in.fault(
          NAMES
              + " must name the hosts under which it is reached, because "
              + HOST
              + " is "
              + in.mask().quoted(console.host()));
    }
  }
}
