package io.facedrop.ledger.view;

/**
 * A dead letter, in short.
 *
 * @param message the API's words, or ours where it had none
 */
public record DeadLetter(long line, String imageUrl, String reason, String message) {}
