/** Statements that name what they change, and the one thread that writes. */
package io.facedrop.ledger.jdbc;
