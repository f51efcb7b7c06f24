package io.facedrop.ledger;

@OnPostgres
class GatesOnPostgresTest extends GatesTest {}
