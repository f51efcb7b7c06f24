package io.facedrop.bench;

/**
 * What the endpoint saw of a contender.
 *
 * @param images different images
 * @param firstArrivalMillis time of day
 * @param seconds from the first request to the last answer
 * @param meanDelayMillis what an answer took, by the endpoint's own clock
 * @param mostInASecond requests in any one second; 0 if there were too many to remember
 * @param burst the most by which any span had more than its share of the rate; 1 is perfect
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
    int mostInASecond,
    double burst) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
