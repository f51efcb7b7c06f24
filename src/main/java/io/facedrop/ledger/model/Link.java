package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * How it stands with a place that is looked at again and again.
 *
 * @param trouble empty when all is well
 */
public record Link(String place, Instant since, String trouble) {}
