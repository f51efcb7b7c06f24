package io.facedrop.ledger;

@OnPostgres
class TaskRecoveryOnPostgresTest extends TaskRecoveryTest {}
