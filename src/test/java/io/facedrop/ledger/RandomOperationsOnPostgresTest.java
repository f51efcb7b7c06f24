package io.facedrop.ledger;

@OnPostgres
class RandomOperationsOnPostgresTest extends RandomOperationsTest {}
