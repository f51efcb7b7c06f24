package io.facedrop.ledger.view;

import java.time.Duration;

/**
 * How fast a batch goes, and what it has cost.
 *
 * @param rowsPerSecond that ended lately; those that share a result included. It is counted since
 *     the gate was closed last, unless that happens again and again.
 * @param lead how long the work went on before the time that is counted
 * @param openShare part of the time in which the gate was open; 1 unless it closes again and again
 * @param credits that were charged for certain
 */
public record Throughput(double rowsPerSecond, Duration lead, double openShare, long credits) {}
