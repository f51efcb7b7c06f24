package io.facedrop.ledger.settle;

/**
 * A row that shares the result of the row before it that has the same URL.
 *
 * @param row that is not sent
 * @param leader that is
 */
public record Follower(long row, long leader) {}
