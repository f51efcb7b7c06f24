package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders below the working folder, one for each pick-up, and their owners. Several nodes of a
 * ledger may share an inbox. Then the name of a folder begins with the number of the node that
 * picked the file up, and other nodes leave it alone while that node lives.
 *
 * <p>Another node takes over the folder of a dead node by a rename, which only one node can do. If
 * the ledger has accepted the file, the folder keeps its name, because the ledger knows the file by
 * its place.
 */
public final class PickUps {
  private static final Logger LOG = LoggerFactory.getLogger(PickUps.class);

  private static final Pattern NAME = Pattern.compile("(?:(\\d{1,18})~)?(.+)");

  private final Ledger ledger;
  private final DoneFiles doneFiles;
  private final Set<Long> dead = new HashSet<>();
  private final Reminders<Path> troubles = Reminders.every(Duration.ofMinutes(5), System::nanoTime);

  public PickUps(Ledger ledger, DoneFiles doneFiles) {
    this.ledger = ledger;
    this.doneFiles = doneFiles;
  }

  /** The name of the exchange's pick-up. */
  public String name(Exchange exchange) {
    return owned(exchange.getExchangeId());
  }

  private String owned(String name) {
    return ledger.isShared() ? ledger.node() + "~" + name : name;
  }

  /** Whether what is in this folder is to be offered here; one of a dead node becomes ours. */
  synchronized boolean isOurs(Path folder) {
    if (!ledger.isShared()) {
      return true;
    }
    if (!ledger.lasts(Duration.ZERO)) {
      return false;
    }
    String name = folder.getFileName().toString();
    if (name.startsWith(WorkingFolder.FETCHED_NAME)) {
      return ledger.isKeeper();
    }
    Matcher parts = NAME.matcher(name);
    parts.matches();
    long node = parts.group(1) == null ? 0 : Long.parseLong(parts.group(1));
    if (node == ledger.node()) {
      return true;
    }
    if (isDead(node)) {
      takeOver(folder, node, parts.group(2));
    }
    return false;
  }

  /** Whoever is dead stays so; one that nobody knows was of another ledger, or of none. */
  private boolean isDead(long node) {
    if (!dead.contains(node) && !ledger.isAlive(node)) {
      dead.add(node);
    }
    return dead.contains(node);
  }

  private void takeOver(Path folder, long node, String name) {
    try {
      List<Path> files = files(folder);
      if (files.isEmpty()) {
        removeEmpty(folder);
      } else if (files.stream().noneMatch(this::isAccepted)) {
        Path ours = folder.resolveSibling(owned(name));
        Files.move(folder, ours, StandardCopyOption.ATOMIC_MOVE);
        for (Path file : files) {
          announce(ours.resolve(folder.relativize(file)), node);
        }
      }
    } catch (NoSuchFileException | UncheckedIOException gone) {
      LOG.debug("another node was faster with {}", folder, gone);
    } catch (IOException e) {
      if (troubles.isDue(folder)) {
        LOG.warn(
            "{} was picked up by a node that no longer works, but cannot be taken over: {}",
            folder,
            Cause.of(e));
      }
    }
  }

  private boolean isAccepted(Path file) {
    return ledger.accepted(WorkingFolder.source(file));
  }

  private void announce(Path file, long node) throws IOException {
    String name = file.getFileName().toString();
    if (!name.startsWith(".") && !name.endsWith(ChecksumFile.EXTENSION)) {
      doneFiles.remove(file);
      LOG.info(
          node == 0
              ? "{} was put into the working folder, and goes on here"
              : "{} was picked up by a node that no longer works, and goes on here",
          SafeName.shown(WorkingFolder.dropped(file)));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  /** Removes a folder with nothing but folders in it. */
  static void removeEmpty(Path folder) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.walk(folder)) {
      folders = found.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    }
    for (Path empty : folders) {
      if (!Files.isDirectory(empty, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try {
        Files.deleteIfExists(empty);
      } catch (DirectoryNotEmptyException used) {
        return;
      }
    }
  }
}
