package io.facedrop.ledger;

@OnPostgres
class ExpectedDropsOnPostgresTest extends ExpectedDropsTest {}
