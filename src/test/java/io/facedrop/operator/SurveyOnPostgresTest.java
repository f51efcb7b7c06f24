package io.facedrop.operator;

import io.facedrop.ledger.OnPostgres;

@OnPostgres
class SurveyOnPostgresTest extends SurveyTest {}
