package io.facedrop.integration;

import io.facedrop.config.Settings;
import io.facedrop.console.ConsoleServer;
import io.facedrop.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/** Builds all routes as {@code serve} would, without starting one. */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * What they are like.
   *
   * @param changes the files that differ from the jar's; empty when there are none
   * @param doubts what may be meant otherwise, in sentences
   * @param columns of manifests that steps ask for
   * @param unread the files that are no routes by their names, in words
   */
  public record Rehearsed(
      String changes, List<String> doubts, List<String> columns, List<String> unread) {}

  /**
   * Builds the routes if there are changed ones. Sends nothing and touches no folder, except for an
   * empty ledger in the temporary folder.
   *
   * @throws RoutesException when a route cannot be built
   */
  public static Rehearsed of(Settings settings) {
    String changes = Routes.changes();
    if (changes.isEmpty()) {
      return new Rehearsed(changes, List.of(), List.of(), RouteFiles.unread());
    }
    Path folder = folder();
    try (Ledger ledger =
            Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), Clock.systemUTC());
        Beans beans =
            new Beans(
                settings, ledger, OptionalDouble::empty, Duration.ZERO, (thread, failure) -> {});
        ConsoleServer console = ConsoleServer.silent(settings.console())) {
      List<String> doubts = new ArrayList<>();
      List<String> columns = rehearse(settings, beans, console, doubts);
      return new Rehearsed(changes, doubts, columns, RouteFiles.unread());
    } finally {
      remove(folder);
    }
  }

  private static List<String> rehearse(
      Settings settings, Beans beans, ConsoleServer console, List<String> doubts) {
    beans.addConsole(() -> false);
    Main main = new Main();
    MainSetup.apply(
        main,
        settings,
        Routes.pattern(Routes.Flow.wanted(settings)),
        context -> {
          beans.bind(context);
          console.bind(context, settings);
        });
    main.addMainListener(new RouteChecks(doubts::add));
    main.configure().setAutoStartup(false);
    try {
      Integration.start(main);
      return Expressions.columns(main.getCamelContext());
    } finally {
      main.stop();
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("facedrop-check");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (List<Path>) files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
