package io.facedrop.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the route files: those in {@code ./routes} when there are any, else those in the jar. */
final class Routes {
  /** Flows that not every command needs. */
  enum Flow {
    PICK_UP("pick-up-directory"),
    PICK_UP_SFTP("pick-up-sftp"),
    ACCEPT("accept-manifest"),
    DETECT("detect-faces"),
    COLLECT("collect-faces"),
    OTHER_CODES("branch-on-other-codes"),
    BALANCE("read-balance"),
    PUBLISH("publish-outcomes"),
    EVENTS("deliver-events"),
    CONSOLE("console"),
    OPERATOR_PAGE("operator-page"),
    ERRORS("errors");

    private final String file;

    Flow(String file) {
      this.file = file + EXTENSION;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String EXTENSION = ".camel.yaml";
  private static final Path OWN = Path.of("routes");

  private Routes() {}

  /** Camel's include pattern for these flows; never a mixture, which would give ids twice. */
  static String pattern(Set<Flow> flows) {
    List<String> own = own();
    if (own.isEmpty()) {
      return flows.stream()
          .map(flow -> "classpath:routes/" + flow.file)
          .collect(Collectors.joining(","));
    }
    LOG.info("routes from ./{}", OWN);
    List<String> missing =
        flows.stream().map(flow -> flow.file).filter(file -> !own.contains(file)).toList();
    if (!missing.isEmpty()) {
      throw new RoutesException(
          "./routes takes the place of the routes in the jar, but lacks "
              + String.join(", ", missing));
    }
    List<String> unwanted =
        Arrays.stream(Flow.values())
            .filter(flow -> !flows.contains(flow))
            .map(flow -> flow.file)
            .toList();
    return own.stream()
        .filter(file -> !unwanted.contains(file))
        .map(file -> "file:" + OWN + "/" + file)
        .collect(Collectors.joining(","));
  }

  private static List<String> own() {
    if (!Files.isDirectory(OWN)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(OWN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
