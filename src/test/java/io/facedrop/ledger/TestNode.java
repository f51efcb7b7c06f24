package io.facedrop.ledger;

import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** One of several nodes that work on a ledger on a server, all in this process. */
public final class TestNode implements AutoCloseable {
  private static final Duration LEASE = Duration.ofMinutes(5);

  public final Ledger ledger;
  private final WorkLock.Held held;

  private TestNode(WorkLock.Held held, Ledger ledger) {
    this.held = held;
    this.ledger = ledger;
  }

  /** One that has joined. */
  public static TestNode joined(String url, String name) throws Exception {
    LedgerPlace place = new LedgerPlace(url, "", "", new NodeIdentity(name, LEASE, "", false));
    WorkLock.Held held = place.take(WorkLock.Patience.WITH_THE_DEAD);
    Ledger ledger = place.open(held.membership(), "", Clock.systemUTC(), at -> at, 0);
    ledger.work().recover(LedgerBench.RULES);
    return new TestNode(held, ledger);
  }

  public long epoch() {
    return ledger.node();
  }

  /** A picked-up manifest of one row with an invalid URL, so that it is settled at once. */
  public Batch settledBatch(String source) throws Exception {
    long number =
        ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName("a.csv", "a", Format.CSV, false),
                    "",
                    Path.of(source),
                    true,
                    new Layout(Format.CSV, ',', "image_url,name"),
                    LedgerBench.SHA256));
    ledger.acceptance().add(number, LedgerBench.group(0, List.of("no URL")));
    return ledger.acceptance().accept(number, LedgerBench.SHA256);
  }

  /** Leaves, as far as the others can see. */
  @Override
  public void close() {
    ledger.close();
    held.close();
  }
}
