package io.facedrop.ledger;

@OnPostgres
class RandomOperationsOnPostgresTest extends RandomOperationsTest {
  @Override
  int steps() {
    return 1200;
  }
}
