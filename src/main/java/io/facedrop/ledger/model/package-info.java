/** The values that the ledger takes and returns: batches, rows, outcomes, and its exceptions. */
package io.facedrop.ledger.model;
