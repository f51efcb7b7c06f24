package io.facedrop.ledger;

@OnPostgres
class RecoveryOnPostgresTest extends RecoveryTest {}
