package io.facedrop.ledger.component;

import io.facedrop.words.Cause;

/**
 * What it means that something could not be published.
 *
 * @param words for the operator: what is wrong, where, and what to do
 * @param withoutRoom whether a disk is full, so that at once nothing more is submitted
 * @param ofPlace whether nothing else gets there either, so that one try is enough for all
 */
public record OutputFault(String words, boolean withoutRoom, boolean ofPlace) {

  /** Tells what a failure means. */
  @FunctionalInterface
  public interface Reader {
    OutputFault of(Exception failure);
  }

  /** Of a local disk, or of something that nobody knows more about. */
  public static OutputFault of(Exception failure) {
    boolean full = FullDisk.isBehind(failure);
    return new OutputFault(
        Cause.whole(failure)
            + (full ? "; make room on that disk: until then nothing more is submitted" : ""),
        full,
        false);
  }
}
