package io.facedrop.ledger;

@OnPostgres
class RetentionOnPostgresTest extends RetentionTest {}
