package io.facedrop.operator;

/**
 * Something that wants an operator.
 *
 * @param code that programs can rely on, such as {@code gate-halted}
 * @param message what is wrong, since when, and what to do
 */
public record Problem(String code, String message) {}
