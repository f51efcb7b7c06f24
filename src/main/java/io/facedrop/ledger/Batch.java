package io.facedrop.ledger;

import io.facedrop.manifest.Layout;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A manifest at work.
 *
 * @param number internal, from 1
 * @param id {@code <UTC of acceptance>-<8 hex of the content's SHA-256>}
 * @param manifest file name
 * @param stem file name without the extensions of its format
 * @param folder below the inbox, with {@code /} between and at the end; empty for none
 * @param source where the manifest lies until its batch is complete: below the inbox if it was
 *     claimed there
 * @param archive whether it is moved to the archive then
 * @param rows in the manifest
 * @param invalid of them with an invalid URL
 * @param adopted of them that go on with a task which an earlier batch has paid for
 * @param shared of them that are not sent but share the result of an earlier row
 * @param succeeded rows so far
 * @param dead letters so far
 * @param requests sent so far
 * @param hold null unless its first answers have stopped it
 * @param held whether they do so still
 * @param cancelledAt null unless cancelled
 * @param archivedAt null until archived
 * @param completedAt null until complete
 */
public record Batch(
    long number,
    String id,
    String manifest,
    String stem,
    String folder,
    Path source,
    boolean archive,
    Layout layout,
    String sha256,
    long rows,
    long invalid,
    long adopted,
    long shared,
    long succeeded,
    long dead,
    long requests,
    Hold hold,
    boolean held,
    Instant acceptedAt,
    Instant cancelledAt,
    Instant archivedAt,
    Instant completedAt) {

  public boolean complete() {
    return completedAt != null;
  }

  /** Rows that are neither a success nor a dead letter yet. */
  public long open() {
    return rows - succeeded - dead;
  }

  /** That it is held, why, and what to do, in words. */
  public String holdNews() {
    return "batch "
        + id
        + " is held: "
        + hold.found()
        + "; look at its dead letters, then go on with facedrop resume "
        + id
        + " or end it with facedrop cancel "
        + id;
  }

  /** The way every output of this batch begins, its folder included. */
  public String fileStem() {
    return folder + stem + "." + id;
  }
}
