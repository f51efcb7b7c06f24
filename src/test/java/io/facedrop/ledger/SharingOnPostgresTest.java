package io.facedrop.ledger;

@OnPostgres
class SharingOnPostgresTest extends SharingTest {}
