/** Reads batches, parts and rows; usable on any connection. */
package io.facedrop.ledger.read;
