package io.facedrop.ledger.view;

/**
 * How many dead letters of a batch share a reason and a code.
 *
 * @param code the API's; null when there was none
 */
public record Tally(String reason, Integer code, long rows) {}
