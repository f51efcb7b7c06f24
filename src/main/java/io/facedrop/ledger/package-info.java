/**
 * The durable state, and all SQL; start at {@link io.facedrop.ledger.Ledger}. The packages below
 * are divided by what happens to a row.
 */
package io.facedrop.ledger;
