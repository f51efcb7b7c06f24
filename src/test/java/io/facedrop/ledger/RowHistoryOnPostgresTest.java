package io.facedrop.ledger;

@OnPostgres
class RowHistoryOnPostgresTest extends RowHistoryTest {}
