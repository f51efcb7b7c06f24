package io.facedrop.ledger;

@OnPostgres
class AddressesOnPostgresTest extends AddressesTest {}
