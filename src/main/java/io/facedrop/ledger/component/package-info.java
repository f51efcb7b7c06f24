/**
 * The Camel component {@code ledger:} through which routes take work from the ledger and record
 * what became of it; start at {@link io.facedrop.ledger.component.LedgerEndpoint}.
 *
 * <p>Its options are told in {@code src/main/docs/ledger.adoc} and, for tools, in {@code
 * META-INF/io/facedrop/ledger/component/ledger.json}.
 */
package io.facedrop.ledger.component;
