/**
 * Finds the most urgent row for each free worker; enter through {@link
 * io.facedrop.ledger.claim.Dispatch}.
 */
package io.facedrop.ledger.claim;
