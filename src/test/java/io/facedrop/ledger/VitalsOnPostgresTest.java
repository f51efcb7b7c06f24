package io.facedrop.ledger;

@OnPostgres
class VitalsOnPostgresTest extends VitalsTest {}
