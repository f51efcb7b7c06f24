package io.facedrop.sftp;

import io.facedrop.ledger.Deliveries;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A real ledger that knows what became of manifests which were fetched from a server. */
final class PickUpsLedger implements AutoCloseable {
  private static final String SHA256 = "7f3a91c2".repeat(8);

  private final Ledger ledger;
  private int pickUps;

  PickUpsLedger(Path directory) {
    Clock clock = Clock.fixed(Instant.parse("2026-05-27T13:14:04Z"), ZoneOffset.UTC);
    ledger = Ledger.open("jdbc:sqlite:" + directory.resolve("ledger.db"), clock);
  }

  Deliveries deliveries() {
    return ledger.deliveries();
  }

  List<Link> links() {
    return ledger.links();
  }

  /** Another file that this ledger's facedrop has picked up. */
  RemotePickUp pickUp(String dropped) {
    return RemotePickUp.of(deliveries().owner(), "E-" + ++pickUps, dropped);
  }

  Batch accept(RemotePickUp pickUp) {
    NewBatch manifest =
        new NewBatch(
            new ManifestName(pickUp.name(), "m", Format.CSV, false),
            pickUp.folder(),
            pickUp.source(),
            false,
            new Layout(Format.CSV, ',', "image_url"),
            SHA256);
    long number = ledger.acceptance().begin(manifest);
    ledger
        .acceptance()
        .add(
            number,
            new RowGroup(0, List.of(new Row(2, "https://a.example/1.png", "", "", null, null))));
    return ledger.acceptance().accept(number, SHA256);
  }

  void complete(Batch batch) {
    ledger.publishing().completed(batch);
  }

  void reject(RemotePickUp pickUp, String keptAs) {
    deliveries().reject(pickUp.source(), keptAs);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
