/**
 * The durable state in the middle of everything, and its SQL; start at {@link
 * io.facedrop.ledger.Ledger}. What is behind it lies in rooms, by what happens to a row.
 */
package io.facedrop.ledger;
