/**
 * The durable state in the middle of everything, its SQL, and the Camel component {@code ledger:};
 * start at {@link io.facedrop.ledger.Ledger}.
 */
package io.facedrop.ledger;
