package io.facedrop.ledger;

import java.time.Instant;

/** A pause, a halt or its end. */
public record Event(Instant at, String detail) {}
