package io.facedrop.publish.report;

/**
 * How long half and nearly all of something took, estimated in milliseconds.
 *
 * @param count of how many
 */
public record Quantiles(long count, long p50, long p95) {}
