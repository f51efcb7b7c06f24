package io.facedrop.ledger;

@OnPostgres
class WakeUpOnPostgresTest extends WakeUpTest {}
