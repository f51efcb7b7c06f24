package io.facedrop.ledger;

/**
 * A row that shares the result of the row before it that has the same URL.
 *
 * @param image that is not sent
 * @param leader that is
 */
record Follower(long image, long leader) {}
