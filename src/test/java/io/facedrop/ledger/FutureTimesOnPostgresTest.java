package io.facedrop.ledger;

@OnPostgres
class FutureTimesOnPostgresTest extends FutureTimesTest {}
