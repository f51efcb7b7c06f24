package io.facedrop.ledger;

@OnPostgres
class AcceptOnceOnPostgresTest extends AcceptOnceTest {}
