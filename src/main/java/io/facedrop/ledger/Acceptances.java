package io.facedrop.ledger;

import io.facedrop.ledger.accept.Acceptance;
import io.facedrop.ledger.accept.Additions;
import io.facedrop.ledger.accept.Meanwhile;
import io.facedrop.ledger.accept.Repeats;
import io.facedrop.ledger.arrival.Arrivals;
import io.facedrop.ledger.model.Admission;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.notice.BatchNotices;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.settle.Follower;
import io.facedrop.ledger.upkeep.Unaccepted;
import io.facedrop.manifest.ManifestRejectedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Takes manifests in, and makes batches of them. */
public final class Acceptances {
  private final Workshop shop;
  private final Acceptance acceptance;
  private final Additions additions;

  /**
   * What came of it.
   *
   * @param id of the batch; null when it is none
   * @param refusal null when it is not refused
   */
  private record Verdict(String id, ManifestRejectedException refusal) {}

  Acceptances(Workshop shop, Acceptance acceptance) {
    this.shop = shop;
    this.acceptance = acceptance;
    this.additions = new Additions(shop.writer());
  }

  /** Begins to take a manifest in; returns the batch's number. */
  public long begin(NewBatch batch) {
    return shop.writer().write(() -> acceptance.begin(batch));
  }

  /**
   * Adds rows; those with an invalid URL are dead letters at once. They are committed while the
   * caller reads more, and at the latest when it adds more, or when the batch is accepted.
   */
  public void add(long batch, RowGroup group) {
    additions.add(batch, () -> acceptance.add(batch, group, shop.clock().millis()));
  }

  /** Makes the manifest a batch, all of whose rows are there, whatever was dropped before. */
  public Batch accept(long batch, String sha256) {
    try {
      return accept(batch, sha256, Admission.FREE).orElseThrow();
    } catch (ManifestRejectedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes the manifest a batch, all of whose rows are there, if it is admitted: another process may
   * have accepted its content while it was read.
   *
   * @return empty when the very file was accepted meanwhile
   * @throws ManifestRejectedException when it is not admitted
   */
  public Optional<Batch> accept(long batch, String sha256, Admission admission)
      throws ManifestRejectedException {
    additions.end(batch);
    if (shop.reader().reads().read(connection -> new Followers(connection).shares(batch))) {
      follow(batch);
    }
    Verdict verdict = shop.writer().write(() -> decided(batch, sha256, admission));
    if (verdict.refusal() != null) {
      throw verdict.refusal();
    }
    if (verdict.id() == null) {
      return Optional.empty();
    }
    shop.agenda().add(0);
    shop.settled().raise();
    return shop.reader().batch(verdict.id());
  }

  private Verdict decided(long batch, String sha256, Admission admission) throws SQLException {
    if (new Meanwhile(shop.writing()).hasAccepted(batch)) {
      return new Verdict(null, null);
    }
    try {
      if (admission != Admission.FREE) {
        admission.verify(new Batches(shop.writing()).byContent(sha256));
      }
    } catch (ManifestRejectedException refusal) {
      return new Verdict(null, refusal);
    }
    // Some of its rows may have a task already.
    shop.openTasks().forget();
    String id = acceptance.accept(batch, sha256, shop.clock().millis());
    new Arrivals(shop.writing()).accepted(batch, shop.clock().millis());
    new BatchNotices(shop.writing()).accepted(batch, shop.clock().millis());
    long invalid = new Batches(shop.writing()).byNumber(batch).orElseThrow().invalid();
    shop.transitions().ended().add(Reason.INVALID_URL, invalid);
    return new Verdict(id, null);
  }

  /** Finds the rows that repeat a URL aside, for that takes a while where there are many. */
  void follow(long batch) {
    additions.end(batch);
    shop.reader()
        .reads()
        .readWithTables(
            connection -> {
              try (Repeats repeats = new Repeats(connection, batch)) {
                for (var rows = repeats.next(); !rows.isEmpty(); rows = repeats.next()) {
                  List<Follower> group = rows;
                  shop.commit(() -> shop.transitions().sharing().follow(batch, group));
                }
              }
              return null;
            });
  }

  /** Removes a manifest that was not accepted. */
  public void discard(long batch) {
    additions.forget(batch);
    while (shop.writer().write(() -> new Unaccepted(shop.writing()).removeSome(batch))) {
      // Some at a time, so that others can write in between.
    }
  }
}
