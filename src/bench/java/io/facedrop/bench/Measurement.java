package io.facedrop.bench;

import java.util.Map;

/**
 * One run of one contender.
 *
 * @param value in the unit of the scenario's figure
 * @param wallSeconds of the whole process
 * @param firstRequestSeconds from the start of the process to its first request; 0 for none
 * @param cpuSeconds of the process and its children; 0 if unknown
 * @param peakKib of resident memory; 0 if unknown
 * @param threadSeconds CPU by kind of thread; empty if unknown
 * @param lastPartRows rows of the success part that was published last
 * @param endpointCpuSeconds what the endpoint took from the same machine meanwhile
 * @param database what a database server was used for; nothing where there is none
 */
record Measurement(
    String scenario,
    String contender,
    int round,
    int rows,
    double value,
    double wallSeconds,
    double firstRequestSeconds,
    double cpuSeconds,
    long peakKib,
    Map<String, Double> threadSeconds,
    int lastPartRows,
    double endpointCpuSeconds,
    DatabaseUse database,
    Counts counts) {

  /** From the last answer to the end of the process, which is when the outputs are whole. */
  double tailSeconds() {
    return wallSeconds - firstRequestSeconds - counts.seconds();
  }
}
