/** Takes the rows of a manifest in, and makes a batch of them. */
package io.facedrop.ledger.accept;
