package io.facedrop.ledger;

@OnPostgres
class TransitionOnPostgresTest extends TransitionTest {}
