package io.facedrop.ledger;

@OnPostgres
class WakeUpOnPostgresTest extends WakeUpTest {
  @Override
  int batches() {
    return 300;
  }
}
