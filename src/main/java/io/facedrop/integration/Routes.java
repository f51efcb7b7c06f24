package io.facedrop.integration;

import io.facedrop.config.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the route files. A file in {@code ./routes} takes the place of the one in the jar that
 * has its name; files of other names are added.
 */
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
      this.file = file + RouteFiles.EXTENSION;
    }

    /** Those that these settings ask for. */
    static Set<Flow> wanted(Settings settings) {
      Set<Flow> flows = EnumSet.allOf(Flow.class);
      if (!settings.sftp().pickedUp()) {
        flows.remove(PICK_UP_SFTP);
      }
      if (!settings.events().areWanted()) {
        flows.remove(EVENTS);
      }
      return flows;
    }

    static boolean isOne(String file) {
      return Arrays.stream(values()).anyMatch(flow -> flow.file.equals(file));
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  /** A route that begins at the server of the console. */
  private static final Pattern SERVED =
      Pattern.compile("(?m)^\\s*(-\\s+)?(from|uri):\\s*[\"']?platform-http:");

  private Routes() {}

  /**
   * Camel's include pattern for these flows, and for the routes that somebody has added. Where no
   * server is, those that begin at one are left out.
   */
  static String pattern(Set<Flow> flows) {
    List<String> own = RouteFiles.names();
    return Stream.concat(
            flows.stream()
                .map(flow -> own.contains(flow.file) ? ownPlace(flow.file) : delivered(flow)),
            own.stream()
                .filter(file -> !Flow.isOne(file))
                .filter(file -> isLedTo(file, flows))
                .map(Routes::ownPlace))
        .collect(Collectors.joining(","));
  }

  private static boolean isLedTo(String file, Set<Flow> flows) {
    return flows.contains(Flow.CONSOLE) || !SERVED.matcher(RouteFiles.text(file)).find();
  }

  /**
   * The same for one flow alone. Somebody's own file of it may need those that he has added; the
   * jar's needs none.
   */
  static String alone(Flow flow) {
    return RouteFiles.names().contains(flow.file) ? pattern(Set.of(flow)) : delivered(flow);
  }

  private static String delivered(Flow flow) {
    return "classpath:routes/" + flow.file;
  }

  private static String ownPlace(String file) {
    return "file:" + RouteFiles.FOLDER + "/" + file;
  }

  /** Tells the operator what is not as in the jar. */
  static void tell(Set<Flow> flows) {
    String changes = changes();
    if (!changes.isEmpty()) {
      LOG.info("routes from ./{}: {}", RouteFiles.FOLDER, changes);
    }
    RouteFiles.names().stream()
        .filter(file -> !Flow.isOne(file) && !isLedTo(file, flows))
        .forEach(
            file ->
                LOG.info(
                    "./{}/{} is left out: a route of it begins at platform-http:, and this process"
                        + " has no server; serve with a console port has one",
                    RouteFiles.FOLDER,
                    file));
    RouteFiles.unread().forEach(file -> LOG.warn("{}", file));
  }

  /** Where to look when the routes are broken, as a line; empty when nobody has changed them. */
  static String hint() {
    String changes = changes();
    return changes.isEmpty()
        ? ""
        : System.lineSeparator()
            + "  look into ./"
            + RouteFiles.FOLDER
            + ": "
            + changes
            + ". A file replaces the one in the jar that has its name, any other is added";
  }

  /** The route files that are not as in the jar; empty when none is. */
  static String changes() {
    return RouteFiles.names().stream()
        .filter(file -> !RouteFiles.isDelivered(file))
        .map(file -> file + (Flow.isOne(file) ? " (changed)" : " (added)"))
        .collect(Collectors.joining(", "));
  }
}
