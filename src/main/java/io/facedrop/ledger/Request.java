package io.facedrop.ledger;

/**
 * A request that was sent for an image.
 *
 * @param millis from the claim to the answer; null when nobody knows
 */
public record Request(Traffic.Kind kind, Long millis) {}
