package io.facedrop.api;

/**
 * Leave to send one request.
 *
 * @param issuedNanos monotonic time of issue
 * @param canary sent to learn whether a halted gate can open again
 */
public record Permit(long issuedNanos, boolean canary) {}
