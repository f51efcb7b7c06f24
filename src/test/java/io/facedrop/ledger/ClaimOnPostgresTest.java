package io.facedrop.ledger;

@OnPostgres
class ClaimOnPostgresTest extends ClaimTest {}
