/**
 * The Camel component {@code ledger:} through which routes take work from the ledger and record
 * what became of it; start at {@link io.facedrop.ledger.component.LedgerEndpoint}.
 */
package io.facedrop.ledger.component;
