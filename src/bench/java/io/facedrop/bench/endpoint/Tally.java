package io.facedrop.bench.endpoint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What has arrived and been answered since the last reset. */
final class Tally {
  private static final long SECOND = 1_000_000_000;

  /** More arrivals than this have no rate that anybody set. */
  private static final int REMEMBERED = 1 << 20;

  /** Of every so many POSTs the time is kept. */
  private static final int MARK = 100_000;

  private static final int MOST_IMAGES = 1 << 28;

  private final long[] arrivals = new long[REMEMBERED];
  private final List<Long> marks = new ArrayList<>();
  private final BitSet images = new BitSet();
  private Tasks tasks = new Tasks(Durations.NONE);
  private long begin = System.nanoTime();
  private long latencyNanos;
  private long ratePerSecond;
  private long posts;
  private long gets;
  private long refused;
  private long answers;
  private long delayNanos;
  private long firstArrivalMillis;
  private long firstArrival;
  private long lastArrival;
  private long lastAnswer;

  long latencyNanos() {
    return latencyNanos;
  }

  /** Notes the number of an image; false if it is none. */
  boolean isImage(int number) {
    if (number < 0 || number > MOST_IMAGES) {
      return false;
    }
    images.set(number);
    return true;
  }

  /** The number of the task that this POST creates. */
  long posted(long arrival) {
    arrived(arrival);
    posts++;
    tasks.create(arrival);
    if (posts % MARK == 0) {
      marks.add(arrival);
    }
    return posts;
  }

  Tasks tasks() {
    return tasks;
  }

  void asked(long arrival) {
    arrived(arrival);
    gets++;
  }

  void refused() {
    refused++;
  }

  /** What arrived before the reset and is answered late is nobody's any more. */
  void answered(long arrival, long now) {
    if (arrival < begin) {
      return;
    }
    answers++;
    delayNanos += now - arrival;
    lastAnswer = now;
  }

  /**
   * {@code /bench/reset?latency=200&rate=50} begins anew, {@code /bench/counts} tells. With {@code
   * &duration=15000}, tasks take so many milliseconds; with {@code &sigma=0.8&seed=1} too, these
   * are the median of a log-normal mix.
   */
  String control(String target) {
    if (target.startsWith("/bench/reset")) {
      reset((long) option(target, "latency"), (long) option(target, "rate"));
      tasks = new Tasks(durations(target));
    }
    return counts();
  }

  private static Durations durations(String target) {
    return new Durations(
        (long) option(target, "duration"), option(target, "sigma"), (long) option(target, "seed"));
  }

  private void arrived(long arrival) {
    long number = posts + gets;
    if (number == 0) {
      firstArrival = arrival;
      firstArrivalMillis = System.currentTimeMillis();
    }
    lastArrival = arrival;
    if (number < REMEMBERED) {
      arrivals[(int) number] = arrival;
    }
  }

  private void reset(long latencyMillis, long rate) {
    begin = System.nanoTime();
    images.clear();
    marks.clear();
    latencyNanos = latencyMillis * 1_000_000;
    ratePerSecond = rate;
    posts = 0;
    gets = 0;
    refused = 0;
    answers = 0;
    delayNanos = 0;
    firstArrivalMillis = 0;
    firstArrival = 0;
    lastArrival = 0;
    lastAnswer = 0;
  }

  private String counts() {
    return String.format(
        Locale.ROOT,
        """
        {"posts":%d,"gets":%d,"refused":%d,"images":%d,"firstArrivalMillis":%d,\
        "arrivalSeconds":%.6f,"seconds":%.6f,"meanDelayMillis":%.3f,\
        "marks":[%s],"mostInASecond":%d,"burst":%.3f,\
        "found":%d,"later":%d,"laterRequests":%d}""",
        posts,
        gets,
        refused,
        images.cardinality(),
        firstArrivalMillis,
        (lastArrival - firstArrival) / 1e9,
        (lastAnswer - firstArrival) / 1e9,
        answers == 0 ? 0 : delayNanos / 1e6 / answers,
        marks.stream()
            .map(mark -> String.valueOf((mark - firstArrival) / 1e9))
            .collect(Collectors.joining(",")),
        mostInASecond(),
        burst(),
        tasks.found(),
        tasks.later(),
        tasks.laterRequests());
  }

  private int remembered() {
    return posts + gets > REMEMBERED ? 0 : (int) (posts + gets);
  }

  private int mostInASecond() {
    int most = 0;
    int from = 0;
    for (int to = 0; to < remembered(); to++) {
      while (arrivals[to] - arrivals[from] >= SECOND) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  /**
   * The most by which the arrivals of any span, however short or long, exceed its length times the
   * rate: 1 if they are spaced perfectly.
   */
  private double burst() {
    double most = 0;
    double sum = 0;
    for (int at = 0; at < remembered() && ratePerSecond > 0; at++) {
      double granted =
          at == 0 ? 0 : (arrivals[at] - arrivals[at - 1]) * (double) ratePerSecond / SECOND;
      sum = Math.max(sum - granted, 0) + 1;
      most = Math.max(most, sum);
    }
    return most;
  }

  private static double option(String target, String name) {
    int at = target.indexOf(name + "=");
    if (at < 0) {
      return 0;
    }
    String rest = target.substring(at + name.length() + 1);
    int end = rest.indexOf('&');
    return Double.parseDouble(end < 0 ? rest : rest.substring(0, end));
  }
}
