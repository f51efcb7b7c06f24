package io.facedrop.operator;

import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The folder of a manifest that is dropped again. Its name says of what, so that every process can
 * tell.
 *
 * @param batch id of the batch whose dead letters they are
 * @param rows so many were counted
 */
record RedropFolder(String batch, long rows) {
  private static final String BEGIN = "redrop-";

  /** A node that has taken it over has put its number before. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\d+~)?" + BEGIN + "(.+)-(\\d{1,18})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-.{12}");

  /** The one that a path leads through. */
  static Optional<RedropFolder> on(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(name -> NAME.matcher(name.toString()))
        .filter(Matcher::matches)
        .map(name -> new RedropFolder(name.group(1), Long.parseLong(name.group(2))))
        .findFirst();
  }

  /** What the names of all those of a batch have. */
  static String mark(Batch batch) {
    return BEGIN + batch.id() + "-";
  }

  /** A name for it; the ledger knows a manifest by where it lies, so each lies elsewhere. */
  String name() {
    return BEGIN + batch + "-" + rows + "-" + UUID.randomUUID();
  }
}
