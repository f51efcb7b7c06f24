package io.facedrop.integration;

import io.facedrop.config.Settings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
      this.file = file + EXTENSION;
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
  private static final String EXTENSION = ".camel.yaml";
  private static final String UNREAD =
      " is not read: the name of a route file ends with " + EXTENSION;
  private static final Path OWN = Path.of("routes");

  /** A route that begins at the server of the console. */
  private static final Pattern SERVED =
      Pattern.compile("(?m)^\\s*(-\\s+)?(from|uri):\\s*[\"']?platform-http:");

  private Routes() {}

  /**
   * Camel's include pattern for these flows, and for the routes that somebody has added. Where no
   * server is, those that begin at one are left out.
   */
  static String pattern(Set<Flow> flows) {
    List<String> own = own();
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
    return flows.contains(Flow.CONSOLE) || !SERVED.matcher(read(file)).find();
  }

  private static String read(String file) {
    try {
      return Files.readString(OWN.resolve(file));
    } catch (IOException e) {
      // Whoever loads it says what is wrong with it.
      return "";
    }
  }

  /**
   * The same for one flow alone. Somebody's own file of it may need those that he has added; the
   * jar's needs none.
   */
  static String alone(Flow flow) {
    return own().contains(flow.file) ? pattern(Set.of(flow)) : delivered(flow);
  }

  private static String delivered(Flow flow) {
    return "classpath:routes/" + flow.file;
  }

  private static String ownPlace(String file) {
    return "file:" + OWN + "/" + file;
  }

  /** Tells the operator what is not as in the jar. */
  static void tell(Set<Flow> flows) {
    String changes = changes();
    if (!changes.isEmpty()) {
      LOG.info("routes from ./{}: {}", OWN, changes);
    }
    own().stream()
        .filter(file -> !Flow.isOne(file) && !isLedTo(file, flows))
        .forEach(
            file ->
                LOG.info(
                    "./{}/{} is left out: a route of it begins at platform-http:, and this process"
                        + " has no server; serve with a console port has one",
                    OWN,
                    file));
    unread().forEach(file -> LOG.warn("{}", file));
  }

  /** Where to look when the routes are broken, as a line; empty when nobody has changed them. */
  static String hint() {
    String changes = changes();
    return changes.isEmpty()
        ? ""
        : System.lineSeparator()
            + "  look into ./"
            + OWN
            + ": "
            + changes
            + ". A file replaces the one in the jar that has its name, any other is added";
  }

  /** The route files that are not as in the jar; empty when none is. */
  static String changes() {
    return own().stream()
        .filter(file -> !isDelivered(file))
        .map(file -> file + (Flow.isOne(file) ? " (changed)" : " (added)"))
        .collect(Collectors.joining(", "));
  }

  /** Whether it is as in the jar, line ends aside. */
  private static boolean isDelivered(String file) {
    try (InputStream jars = Routes.class.getResourceAsStream("/routes/" + file)) {
      return jars != null
          && new String(jars.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList()
              .equals(Files.readString(OWN.resolve(file)).lines().toList());
    } catch (IOException e) {
      // Whoever loads it says what is wrong with it.
      return false;
    }
  }

  private static List<String> own() {
    return files().stream()
        .map(Path::toString)
        .filter(name -> name.endsWith(EXTENSION) && !isDeeper(name))
        .toList();
  }

  /** The files that are meant as routes and are none by their names or folders, in words. */
  static List<String> unread() {
    return files().stream()
        .map(file -> file.toString().replace(File.separatorChar, '/'))
        .filter(name -> name.matches("(?i).*[.](ya?ml|xml)"))
        .filter(name -> isDeeper(name) || !name.endsWith(EXTENSION))
        .map(name -> "./" + OWN + "/" + name + why(name))
        .toList();
  }

  private static String why(String name) {
    if (!isDeeper(name)) {
      return UNREAD + "; rename it";
    }
    return " is not read: a route file lies in ./"
        + OWN
        + " itself, not in a folder below; move it there"
        + (name.endsWith(EXTENSION) ? "" : ", and let its name end with " + EXTENSION);
  }

  private static boolean isDeeper(String name) {
    return Path.of(name).getNameCount() > 1;
  }

  /** The files below, but none in hidden folders: Kubernetes keeps what it mounts there. */
  private static List<Path> files() {
    if (!Files.isDirectory(OWN)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try {
      // A walk does not follow a link, not even the one that it starts from.
      Path start = OWN.toRealPath();
      Files.walkFileTree(start, new Visitor(start, files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  /** Collects files; of a folder below that cannot be looked into it knows nothing. */
  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> files;

    Visitor(Path start, List<Path> files) {
      this.start = start;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(start) && folder.getFileName().toString().startsWith(".")
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files.add(start.relativize(file));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(start)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
