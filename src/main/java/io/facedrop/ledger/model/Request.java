package io.facedrop.ledger.model;

import io.facedrop.api.RequestKind;

/**
 * What was sent for a row while it was claimed: one request, or more where a route asks more than
 * once.
 *
 * @param sentAt epoch milliseconds at which the exchange began
 * @param millis from the departure to the last answer; null when unknown
 * @param count number of requests that left
 * @param sandbox whether a sandbox answered
 */
public record Request(RequestKind kind, long sentAt, Long millis, int count, boolean sandbox) {}
