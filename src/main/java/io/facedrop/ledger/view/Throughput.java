package io.facedrop.ledger.view;

/**
 * How fast a batch goes, and what it has cost.
 *
 * @param rowsPerSecond that ended lately, since the gate was closed last; those that share a result
 *     included
 * @param steady whether nothing has closed the gate in that time
 * @param credits that were charged for certain
 */
public record Throughput(double rowsPerSecond, boolean steady, long credits) {}
