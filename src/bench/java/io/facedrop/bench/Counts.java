package io.facedrop.bench;

import java.util.List;

/**
 * What the endpoint saw of a contender.
 *
 * @param images different images
 * @param firstArrivalMillis time of day
 * @param seconds from the first request to the last answer
 * @param meanDelayMillis what an answer took, by the endpoint's own clock
 * @param marks seconds from the first request at which each further 100,000 POSTs had arrived
 * @param mostInASecond requests in any one second; 0 if there were too many to remember
 * @param burst the most by which any span had more than its share of the rate; 1 is perfect
 * @param found tasks of which an answer said that they have ended; 0 where tasks take no time
 * @param later of these, all but the first 200
 * @param laterRequests that these took, creates and queries
 */
record Counts(
    long posts,
    long gets,
    long refused,
    long images,
    long firstArrivalMillis,
    double arrivalSeconds,
    double seconds,
    double meanDelayMillis,
    List<Double> marks,
    int mostInASecond,
    double burst,
    long found,
    long later,
    long laterRequests) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, List.of(), 0, 0, 0, 0, 0);

  double requestsPerRow() {
    return (double) (posts + gets) / posts;
  }

  /** Of the rows that ended after the 200th; NaN if there are none. */
  double laterRequestsPerRow() {
    return later == 0 ? Double.NaN : (double) laterRequests / later;
  }

  /** POSTs a second among the first tenth; NaN if they are too few to tell. */
  double firstTenthRate() {
    return rate(0, tenth());
  }

  /** POSTs a second among the last tenth; NaN if they are too few to tell. */
  double lastTenthRate() {
    return rate(marks.size() - tenth(), marks.size());
  }

  private int tenth() {
    return marks.size() / 10;
  }

  private double rate(int from, int to) {
    double start = from == 0 ? 0 : marks.get(from - 1);
    return from == to ? Double.NaN : (to - from) * 100_000 / (marks.get(to - 1) - start);
  }
}
