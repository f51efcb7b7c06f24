/** What the ledger says and is told: batches, rows, outcomes, and the failures that it throws. */
package io.facedrop.ledger.model;
