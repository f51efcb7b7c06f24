package io.facedrop.sandbox;

/**
 * A word that, in the path of an image URL, picks what the sandbox does.
 *
 * @param name the word, with {@code N} for a number and {@code NNN} for one of three digits
 * @param description one sentence
 */
public record Token(String name, String description) {}
