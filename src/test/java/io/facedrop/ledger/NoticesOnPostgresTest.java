package io.facedrop.ledger;

@OnPostgres
class NoticesOnPostgresTest extends NoticesTest {}
