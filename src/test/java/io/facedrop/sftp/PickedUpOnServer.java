package io.facedrop.sftp;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test with a manifest that a ledger's facedrop has picked up on the server; its folder is the
 * working one.
 */
abstract class PickedUpOnServer extends WatchedServer {
  static PickUpsLedger ledger;
  RemotePickUp pickUp;

  @BeforeAll
  static void open() {
    ledger = new PickUpsLedger(place);
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @BeforeEach
  void pickUp() throws IOException {
    pickUp = ledger.pickUp("partner/m.csv");
    put(pickUp.belowWork(), "image_url\n");
  }
}
