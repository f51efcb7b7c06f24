package io.facedrop.ledger;

@OnPostgres
class TrafficOnPostgresTest extends TrafficTest {}
