package io.facedrop.ledger.model;

/** A row's id in the ledger: its batch's number and its position there, from 0. */
public final class RowId {
  private static final int POSITION_BITS = 32;

  private RowId() {}

  public static long of(long batch, long position) {
    return (batch << POSITION_BITS) + position;
  }

  public static long batch(long id) {
    return id >> POSITION_BITS;
  }

  /** In words, for messages. */
  public static String words(long id) {
    return "row at position " + position(id) + " of batch number " + batch(id);
  }

  public static long position(long id) {
    return id & ((1L << POSITION_BITS) - 1);
  }
}
