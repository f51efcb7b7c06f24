package io.facedrop.bench;

import java.util.Map;

/**
 * The medians of a contender in a scenario.
 *
 * @param ratio to what the scenario compares with, the median of the rounds' own; NaN for none
 * @param facedropRatio how many times as fast facedrop was; NaN where nobody asks
 * @param workSeconds from the first request to the last answer
 * @param acceptedRate rows a second from the start of the process to its first request
 * @param firstTenthRate POSTs a second among the first tenth; NaN if unknown, and the next too
 * @param publishedRate rows a second of the last part from the last answer to the end of the
 *     process
 * @param laterRequestsPerRow of the rows that ended after the 200th; NaN if there are none
 * @param databaseCpuMicrosPerRow what the database server took; 0 for none
 * @param rowsPerCommit of all transactions, those that only read included; infinite for none
 * @param logBytesPerRow that the database server wrote to its log
 * @param rowsPerLogSync for which it was made durable once
 * @param cpuShares microseconds a row by what they are for; empty if unknown
 */
record Summary(
    String scenario,
    String contender,
    int rounds,
    int rows,
    double value,
    double least,
    double most,
    double ratio,
    double facedropRatio,
    double wallSeconds,
    double firstRequestSeconds,
    double workSeconds,
    double requestsPerRow,
    double laterRequestsPerRow,
    double acceptedRate,
    double firstTenthRate,
    double lastTenthRate,
    double tenthRatio,
    double publishedRate,
    double cpuMicrosPerRow,
    Map<String, Double> cpuShares,
    long peakKib,
    double endpointCpuMicrosPerRow,
    double meanDelayMillis,
    long mostInASecond,
    double burst,
    double databaseCpuMicrosPerRow,
    double rowsPerCommit,
    double logBytesPerRow,
    double rowsPerLogSync) {}
