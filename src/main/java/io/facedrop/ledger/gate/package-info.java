/** The state of each gate and the events for the reports. */
package io.facedrop.ledger.gate;
