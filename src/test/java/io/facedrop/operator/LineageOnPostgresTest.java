package io.facedrop.operator;

import io.facedrop.ledger.OnPostgres;

@OnPostgres
class LineageOnPostgresTest extends LineageTest {}
