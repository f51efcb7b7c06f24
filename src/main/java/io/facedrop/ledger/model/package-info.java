/** The values that the ledger takes and returns: batches, rows and outcomes. */
package io.facedrop.ledger.model;
