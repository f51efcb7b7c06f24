package io.facedrop.ledger;

@OnPostgres
class PartOnPostgresTest extends PartTest {}
