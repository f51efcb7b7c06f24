package io.facedrop.ledger;

@OnPostgres
class CancellationOnPostgresTest extends CancellationTest {}
