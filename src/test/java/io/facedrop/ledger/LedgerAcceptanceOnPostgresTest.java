package io.facedrop.ledger;

@OnPostgres
class LedgerAcceptanceOnPostgresTest extends LedgerAcceptanceTest {}
