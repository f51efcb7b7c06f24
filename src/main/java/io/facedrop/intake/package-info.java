/** From a dropped file to a batch in the ledger; start at {@link io.facedrop.intake.Intake}. */
package io.facedrop.intake;
