/** Recovers after crashes, carries out cancellations and releases, and removes old rows. */
package io.facedrop.ledger.upkeep;
