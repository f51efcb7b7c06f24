/** The housekeeper of a ledger, and what it looks after beside requests and outputs. */
package io.facedrop.ledger.component.keeper;
