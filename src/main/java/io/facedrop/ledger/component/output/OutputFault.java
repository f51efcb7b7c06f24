package io.facedrop.ledger.component.output;

import io.facedrop.words.Cause;

/**
 * Why something could not be published.
 *
 * @param words for the operator: what is wrong, where, and what to do
 * @param withoutRoom whether a disk is full, so that creates stop at once
 * @param ofPlace whether every other file for this place would fail too, so that one try is enough
 */
public record OutputFault(String words, boolean withoutRoom, boolean ofPlace) {

  /** Explains a failure. */
  @FunctionalInterface
  public interface Reader {
    OutputFault of(Exception failure);
  }

  /** The fault of a local disk, or of an unknown kind of place. */
  public static OutputFault of(Exception failure) {
    boolean full = FullDisk.isBehind(failure);
    return new OutputFault(
        Cause.whole(failure)
            + (full ? "; make room on that disk: until then nothing more is submitted" : ""),
        full,
        false);
  }
}
