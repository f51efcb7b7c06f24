package io.facedrop.publish.report;

/**
 * What happened in one slot of the time line.
 *
 * @param posts requests that create a task
 * @param gets requests that ask for a result
 * @param postsAgain of the posts, those after which the row waits for another try
 * @param getsAgain of the gets, likewise
 * @param succeeded rows that a request made a success, its own or that of the row they share with
 * @param dead rows that a request made a dead letter, likewise
 * @param post latency of the posts; null when none is known
 * @param get latency of the gets, likewise
 * @param faces time from submission to the faces; null when there were none
 */
public record Slot(
    long posts,
    long gets,
    long postsAgain,
    long getsAgain,
    long succeeded,
    long dead,
    Quantiles post,
    Quantiles get,
    Quantiles faces) {

  public long requests() {
    return posts + gets;
  }

  public long again() {
    return postsAgain + getsAgain;
  }

  public long settled() {
    return succeeded + dead;
  }
}
