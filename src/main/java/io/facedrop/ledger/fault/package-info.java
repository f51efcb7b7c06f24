/** Why the ledger cannot be opened, read or written, in words for the operator. */
package io.facedrop.ledger.fault;
