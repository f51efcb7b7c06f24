package io.facedrop.command;

import io.facedrop.ledger.OnPostgres;

@OnPostgres
class AbbreviatedBatchOnPostgresTest extends AbbreviatedBatchTest {}
