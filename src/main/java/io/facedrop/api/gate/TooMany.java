package io.facedrop.api.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Code 429 now and then is how an API paces its clients; again and again it is a wrong setting. */
final class TooMany {
  private static final long LATELY = TimeUnit.MINUTES.toNanos(1);
  private static final int OFTEN = 5;

  private final Deque<Long> lately = new ArrayDeque<>();

  /**
   * Counts one more.
   *
   * @param ofQueries whether it is the rate of queries alone that is too high
   * @param now monotonic, in nanoseconds
   * @return what an operator can do about it; empty while they are few
   */
  String again(boolean ofQueries, long now) {
    lately.add(now);
    while (now - lately.peek() > LATELY) {
      lately.remove();
    }
    return lately.size() < OFTEN
        ? ""
        : ", "
            + lately.size()
            + " times within a minute: lower "
            + (ofQueries ? "facedrop.api.query-rate" : "facedrop.api.rate")
            + ", unless others use the key";
  }
}
