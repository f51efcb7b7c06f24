package io.facedrop.sftp;

import io.facedrop.intake.SafeName;
import io.facedrop.intake.WorkingFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest that a facedrop has picked up on a server: {@code .work/<folder>/<id>~<name>} there,
 * and {@code .work/sftp-<id>/<folder>/<name>} in the inbox once it is fetched.
 *
 * @param id begins with what tells the owner's ledger from others
 * @param folder below the watched folder, with {@code /} at the end; empty for none
 */
record RemotePickUp(String id, String folder, String name) {
  private static final Pattern FORM =
      Pattern.compile("(.*/)?([0-9A-Za-z-]{1,64})~([^/]+)", Pattern.DOTALL);

  /** File systems end here. */
  private static final int LONGEST_NAME = 255;

  /** Reads a name below the working folder of the server; empty when it is not of our making. */
  static Optional<RemotePickUp> of(String belowWork) {
    Matcher matcher = FORM.matcher(belowWork);
    return matcher.matches()
        ? Optional.of(
            new RemotePickUp(
                matcher.group(2),
                matcher.group(1) == null ? "" : matcher.group(1),
                matcher.group(3)))
        : Optional.empty();
  }

  /** The pick-up of a file below the watched folder. */
  static RemotePickUp of(String owner, String exchange, String belowFolder) {
    int end = belowFolder.lastIndexOf('/') + 1;
    return new RemotePickUp(
        owner + "-" + exchange, belowFolder.substring(0, end), belowFolder.substring(end));
  }

  /**
   * The name below the server's working folder. One that is too long loses its beginning; it stays
   * long enough to be rejected for it.
   */
  String belowWork() {
    String end = name;
    while (bytes(id + "~" + end) > LONGEST_NAME) {
      end = end.substring(end.offsetByCodePoints(0, 1));
    }
    return folder + id + "~" + end;
  }

  /** Whether the facedrop with this ledger has picked up it. */
  boolean isOf(String owner) {
    return id.startsWith(owner + "-");
  }

  /** Where it lies in the inbox once it is fetched. */
  Path in(Path inbox) {
    return inbox.resolve(local()).toAbsolutePath();
  }

  /** How the ledger knows it then. */
  Path source() {
    return Path.of(local());
  }

  /** The same, below the inbox. */
  String local() {
    return WorkingFolder.FETCHED + id + "/" + folder + name;
  }

  /** What it was called when it was dropped. */
  String dropped() {
    return folder + name;
  }

  /** The same, as a log can show it. */
  String shown() {
    return SafeName.shown(dropped());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
