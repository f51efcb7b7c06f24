/**
 * When manifests came, and what became of those that are expected; start at {@link
 * io.facedrop.ledger.arrival.ExpectedDrops}.
 */
package io.facedrop.ledger.arrival;
