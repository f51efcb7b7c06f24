package io.facedrop.ledger;

@OnPostgres
class TrialOnPostgresTest extends TrialTest {}
