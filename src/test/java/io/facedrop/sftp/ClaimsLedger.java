package io.facedrop.sftp;

import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Deliveries;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.NewBatch;
import io.facedrop.ledger.RowGroup;
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
final class ClaimsLedger implements AutoCloseable {
  private static final String SHA256 = "7f3a91c2".repeat(8);

  private final Ledger ledger;
  private int claims;

  ClaimsLedger(Path directory) {
    Clock clock = Clock.fixed(Instant.parse("2026-05-27T13:14:04Z"), ZoneOffset.UTC);
    ledger = Ledger.open("jdbc:sqlite:" + directory.resolve("ledger.db"), clock);
  }

  Deliveries deliveries() {
    return ledger.deliveries();
  }

  /** Another claim of this ledger's. */
  RemoteClaim claim(String dropped) {
    return RemoteClaim.of(deliveries().owner(), "E-" + ++claims, dropped);
  }

  Batch accept(RemoteClaim claim) {
    NewBatch manifest =
        new NewBatch(
            new ManifestName(claim.name(), "m", Format.CSV, false),
            claim.folder(),
            claim.source(),
            false,
            new Layout(Format.CSV, ',', "image_url"),
            SHA256);
    long number = ledger.begin(manifest);
    ledger.add(
        number,
        new RowGroup(0, List.of(new Row(2, "https://a.example/1.png", "", "", null, null))));
    return ledger.accept(number, SHA256);
  }

  void complete(Batch batch) {
    ledger.completed(batch);
  }

  void reject(RemoteClaim claim, String keptAs) {
    deliveries().reject(claim.source(), keptAs);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
