package io.facedrop.ledger;

import io.facedrop.api.gate.GateState;
import io.facedrop.expect.Expectation;
import io.facedrop.ledger.arrival.Arrivals;
import io.facedrop.ledger.arrival.ExpectedDrops;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Notice;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.ledger.notice.Expiring;
import io.facedrop.ledger.notice.Facts;
import io.facedrop.ledger.notice.GateNotices;
import io.facedrop.ledger.notice.NoticeBoard;
import io.facedrop.ledger.notice.OutputNotices;
import io.facedrop.ledger.view.Expected;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps notices in their order until they are delivered. Also finds events that are caused by time
 * alone, such as a late manifest.
 */
public final class Notices {
  private final Workshop shop;

  Notices(Workshop shop) {
    this.shop = shop;
  }

  /** Events are kept from now on, by every process that uses the ledger, or not. */
  public void want(boolean wanted) {
    if (wanted != isWanted()) {
      shop.commit(() -> new NoticeBoard(shop.writing()).want(wanted));
    }
  }

  /** Whether the settings name a receiver of events. */
  public boolean isWanted() {
    return shop.reader().reads().read(connection -> new NoticeBoard(connection).isWanted());
  }

  /** The next to be delivered, which does not change any more. */
  public Optional<Notice> next() {
    Optional<Notice> first = first();
    if (first.isEmpty() || !isOpen(first.get())) {
      return first;
    }
    shop.commit(() -> new NoticeBoard(shop.writing()).close(first.get()));
    // More may have been counted into it until then.
    return first();
  }

  private Optional<Notice> first() {
    return shop.reader()
        .reads()
        .read(connection -> new NoticeBoard(connection).first(shop.clock().millis()));
  }

  private boolean isOpen(Notice notice) {
    return shop.reader().reads().read(connection -> new NoticeBoard(connection).isOpen(notice));
  }

  /** It has arrived. */
  public void delivered(Notice notice) {
    shop.commit(() -> new NoticeBoard(shop.writing()).remove(notice));
  }

  /** What is still counted is to be delivered as it is, for this process ends. */
  public void closeAll() {
    shop.commit(() -> new NoticeBoard(shop.writing()).closeAll());
  }

  /** Records that a manifest was rejected; does nothing if that is recorded already. */
  public void rejected(RejectedManifest manifest) {
    shop.commit(
        () -> {
          long now = shop.clock().millis();
          if (new Arrivals(shop.writing()).rejected(manifest, now)) {
            new NoticeBoard(shop.writing())
                .post(
                    Notice.Kind.MANIFEST_REJECTED,
                    Facts.saying(manifest.path() + " was rejected: " + manifest.message())
                        .and("manifest", manifest.path())
                        .and("reason", manifest.code())
                        .and("kept_as", manifest.keptAs()),
                    now);
          }
        });
  }

  /** Posts a notice for each gate that has paused for long. */
  public void lookAtGates() {
    Function<String, GateState> states =
        authority -> shop.reader().gate(authority).orElse(GateState.NEW);
    long now = shop.clock().millis();
    if (shop.reader()
        .reads()
        .read(connection -> new GateNotices(connection).anyToTell(states, now))) {
      shop.commit(() -> new GateNotices(shop.writing()).look(states, now));
    }
  }

  /** Posts a notice for each output that has failed for a minute. */
  public void lookAtOutputs() {
    List<Link> links = shop.reader().links();
    long now = shop.clock().millis();
    if (shop.reader()
        .reads()
        .read(connection -> new OutputNotices(connection).anyToTell(links, now))) {
      shop.commit(() -> new OutputNotices(shop.writing()).look(links, now));
    }
  }

  /** Posts a notice for results that expire soon and are not published. */
  public void lookAtResults() {
    long now = shop.clock().millis();
    if (shop.reader().reads().read(connection -> new Expiring(connection).mayTell(now))) {
      List<Expiring.Results> found =
          shop.reader().reads().readAside(connection -> new Expiring(connection).find(now));
      shop.commit(() -> new Expiring(shop.writing()).tell(found, now));
    }
  }

  /** Judges whether something that is expected has come; what is new, for the log. */
  public Optional<Expected> lookAt(Expectation expectation) {
    return shop.writer()
        .write(() -> new ExpectedDrops(shop.writing()).look(expectation, shop.clock().instant()));
  }

  /** Nothing but this is expected any more. */
  public void expectOnly(List<Expectation> expectations) {
    shop.commit(() -> new ExpectedDrops(shop.writing()).keepOnly(expectations));
  }
}
