package io.facedrop.ledger;

@OnPostgres
class OpenTasksOnPostgresTest extends OpenTasksTest {}
