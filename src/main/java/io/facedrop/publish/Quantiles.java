package io.facedrop.publish;

/**
 * How long half and nearly all of something took, estimated in milliseconds.
 *
 * @param count of how many
 */
record Quantiles(long count, long p50, long p95) {}
