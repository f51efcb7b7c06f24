package io.facedrop.bench;

/**
 * The medians of a contender in a scenario.
 *
 * @param ratio to what the scenario compares with, the median of the rounds' own; NaN for none
 * @param facedropRatio how many times as fast facedrop was; NaN where nobody asks
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
    double cpuMicrosPerRow,
    long peakKib,
    double endpointCpuMicrosPerRow,
    double meanDelayMillis,
    long mostInASecond,
    double burst) {}
