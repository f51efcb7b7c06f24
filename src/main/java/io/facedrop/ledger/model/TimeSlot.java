package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * What happened in a short time, of all batches.
 *
 * @param from when it begins
 * @param requests that were answered or given up
 * @param succeeded how many rows became successes
 * @param dead how many rows became dead letters
 */
public record TimeSlot(Instant from, long requests, long succeeded, long dead) {}
