package io.facedrop.ledger.view;

/**
 * How fast a batch goes, and what it has cost.
 *
 * @param rowsPerSecond that ended lately, those that share a result included
 * @param credits that were charged for certain
 */
public record Throughput(double rowsPerSecond, long credits) {}
