/** Puts right what crashes, orders and age leave behind. */
package io.facedrop.ledger.upkeep;
