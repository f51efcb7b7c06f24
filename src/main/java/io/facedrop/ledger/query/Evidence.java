package io.facedrop.ledger.query;

/**
 * What is known about a small range of ages. Weights fade, so they are not whole numbers.
 *
 * @param bin on the scale of ages
 * @param asked weight of the first queries
 * @param ended weight of those which found that the task has ended
 * @param age mean of the first queries' ages, in milliseconds; 0 without any
 * @param followed weight of the tasks that were known unfinished before these ages
 * @param endedLate weight of those which ended at these ages
 */
public record Evidence(
    int bin, double asked, double ended, double age, double followed, double endedLate) {
  public Evidence {
    if (bin < 0 || bin >= AgeBins.COUNT) {
      throw new IllegalArgumentException(
          "expected a bin from 0 to " + (AgeBins.COUNT - 1) + " but found " + bin);
    }
  }
}
