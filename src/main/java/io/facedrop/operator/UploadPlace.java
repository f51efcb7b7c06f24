package io.facedrop.operator;

import io.facedrop.intake.SafeName;
import io.facedrop.intake.WorkingFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where uploaded files lie until the operator has agreed to work them: below the inbox, so that a
 * rename brings them into the working folder, and where nobody looks for manifests. Each has a
 * folder of its own, so that it takes the place of no other.
 */
public final class UploadPlace {
  private static final Logger LOG = LoggerFactory.getLogger(UploadPlace.class);
  private static final String NAME = ".upload";
  private static final String PICK_UP = "upload-";

  private final Path inbox;
  private final Path place;

  public UploadPlace(Path inbox) {
    this.inbox = inbox;
    this.place = inbox.resolve(NAME);
  }

  /**
   * The folder that uploads are streamed to, which is made where it is not there.
   *
   * @throws IOException also when it is a link to somewhere else
   */
  public Path open() throws IOException {
    Files.createDirectories(inbox);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(place);
    }
    return place;
  }

  /** The folders of the inbox that a file can be dropped into, besides the inbox itself. */
  List<String> folders() {
    try (Stream<Path> found = Files.list(inbox)) {
      return found
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith(".") && SafeName.fault(name) == null)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Where a file lies. */
  Path file(String id, Path name) {
    return place.resolve(id).resolve(name);
  }

  /** Moves a file that was streamed here to where it lies from now on. */
  void keep(Path uploaded, String id, Path name) throws IOException {
    Path file = file(id, name);
    Files.createDirectories(file.getParent());
    Files.move(uploaded, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Has what lies here found by who accepts manifests: whole, with all that is beside it. */
  void offer(String id) throws IOException {
    Path work = Files.createDirectories(inbox.resolve(WorkingFolder.NAME));
    Files.move(place.resolve(id), work.resolve(pickUp(id)), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The folder that it then lies in, before which another node may put its number. */
  static String pickUp(String id) {
    return PICK_UP + id;
  }

  /** Whether a folder is such a one. */
  static boolean isPickUp(String folder) {
    return folder.matches("(\\d+~)?" + PICK_UP + ".*");
  }

  void remove(String id) {
    remove(place.resolve(id));
  }

  /** Removes what was not touched since, such as what a lost connection or a crash has left. */
  void removeOlder(Instant than) {
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> found = Files.list(place)) {
      for (Path path : found.toList()) {
        if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(than)) {
          remove(path);
        }
      }
    } catch (IOException stays) {
      LOG.debug("{} is not tidied up now", place, stays);
    }
  }

  private static void remove(Path path) {
    try (Stream<Path> found = Files.walk(path)) {
      for (Path one : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException | UncheckedIOException stays) {
      LOG.debug("{} stays for now", path, stays);
    }
  }

  /** The last of a path, as a name that every system can hold and that is not hidden. */
  static String name(String given) {
    String last = given.substring(1 + Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')));
    String name = SafeName.of(last).replaceFirst("^(\\.+|$)", "_");
    return SafeName.fault(name) == null ? name : name.replaceAll("[^ -~]", "_");
  }
}
