/**
 * The Camel component {@code ledger:}, by which routes claim rows and record outcomes; start at
 * {@link io.facedrop.ledger.component.LedgerEndpoint}.
 *
 * <p>Its options are described in {@code src/main/docs/ledger.adoc} and, for tools, in {@code
 * META-INF/io/facedrop/ledger/component/ledger.json}.
 */
package io.facedrop.ledger.component;
