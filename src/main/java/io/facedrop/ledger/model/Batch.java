package io.facedrop.ledger.model;

import io.facedrop.manifest.Layout;
import io.facedrop.words.Count;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An accepted manifest.
 *
 * @param number internal, from 1
 * @param id {@code <UTC of acceptance>-<8 hex of the content's SHA-256>}
 * @param manifest file name
 * @param stem file name without the extensions of its format
 * @param folder below the inbox, with {@code /} between and at the end; empty for none
 * @param source place of the manifest until its batch is complete: below the inbox if it was picked
 *     up there
 * @param archive whether the manifest moves to the archive then
 * @param api to which its requests go
 * @param rows number of rows
 * @param invalid number of rows with an invalid URL
 * @param adopted number of rows that continue a paid task of an earlier batch
 * @param shared number of rows that are not sent but share the outcome of an earlier row
 * @param succeeded number of successes so far
 * @param dead number of dead letters so far
 * @param requests number of requests sent so far
 * @param hold why it was held; null if it never was
 * @param held whether it is held now
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
    Api api,
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

  /**
   * The API of a batch, to which all its requests go.
   *
   * @param address without the key; empty as long as the address has only answered 404, so that the
   *     batch can continue at another address
   * @param sandbox whether a sandbox has answered, so that the faces are invented
   * @param elsewhere whether the batch is suspended, because the running processes use another
   *     address
   */
  public record Api(String address, boolean sandbox, boolean elsewhere) {
    /** Whether it is the one at this address, or none yet. */
    public boolean isAt(String other) {
      return address.isEmpty() || address.equals(other);
    }
  }

  public boolean complete() {
    return completedAt != null;
  }

  /** Rows that are neither a success nor a dead letter yet. */
  public long open() {
    return rows - succeeded - dead;
  }

  /** What became of its rows, in words. */
  public String sum() {
    return Count.of(rows, "row") + " = " + parts();
  }

  /** What has become of its rows so far, in words; what they count adds up to its rows. */
  public String parts() {
    return Count.number(succeeded)
        + " succeeded + "
        + Count.of(dead, "dead letter")
        + (open() == 0 ? "" : " + " + Count.number(open()) + " still open");
  }

  /** That it is held, why, and what to do, in words. */
  public String holdNews() {
    return "batch "
        + id
        + (hold.reason() == null ? " is held " : " is held: ")
        + hold.found()
        + "; "
        + (hold.reason() == null
            ? ""
            : "facedrop show " + id + " lists its dead letters and names their file; then ")
        + "go on with facedrop resume "
        + id
        + " or end it with facedrop cancel "
        + id;
  }

  /** That it waits for another address, and what to do, in words. */
  public String elsewhereNews() {
    return "batch "
        + id
        + " waits: its rows go to "
        + api.address()
        + " only; set facedrop.api.base-url to that to go on with it, or end it with facedrop"
        + " cancel "
        + id;
  }

  /** The way every output of this batch begins, its folder included. */
  public String fileStem() {
    return folder + stem + "." + id;
  }
}
