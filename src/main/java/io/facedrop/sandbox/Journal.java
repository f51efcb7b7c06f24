package io.facedrop.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what arrives and, where told to, keeps each arrival. */
final class Journal implements AutoCloseable {
  private final boolean recording;
  private final JournalFile file;
  private final LongAdder posts = new LongAdder();
  private final LongAdder results = new LongAdder();
  private final LongAdder balances = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> postsByUrl = new ConcurrentHashMap<>();

  /**
   * @param file null for none
   */
  Journal(boolean recording, Path file) {
    this.recording = recording;
    this.file = file == null ? null : new JournalFile(file);
  }

  void enter() {
    int now = inFlight.incrementAndGet();
    if (now > maxInFlight.get()) {
      maxInFlight.accumulateAndGet(now, Math::max);
    }
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  void count(Resource endpoint) {
    LongAdder counter =
        switch (endpoint) {
          case DETECT -> posts;
          case RESULT -> results;
          case BALANCE -> balances;
          case OTHER -> others;
        };
    counter.increment();
  }

  /** Whether arrivals are kept at all. */
  boolean isKept() {
    return recording || file != null;
  }

  /** Whether arrivals are kept with their headers and bodies. */
  boolean isWritten() {
    return file != null;
  }

  void record(Inquiry inquiry, Arrival arrival, Reply answer) {
    if (file != null) {
      file.append(arrival, inquiry, answer);
    }
    if (recording) {
      keep(inquiry.endpoint(), arrival);
    }
  }

  private void keep(Resource endpoint, Arrival arrival) {
    arrivals.add(arrival);
    if (endpoint == Resource.DETECT && arrival.imageUrl() != null) {
      postsByUrl.computeIfAbsent(arrival.imageUrl(), url -> new LongAdder()).increment();
    }
  }

  long posts() {
    return posts.sum();
  }

  long results() {
    return results.sum();
  }

  long balances() {
    return balances.sum();
  }

  long requests() {
    return posts() + results() + balances() + others.sum();
  }

  long postsOf(String imageUrl) {
    requireRecording();
    LongAdder counter = postsByUrl.get(imageUrl);
    return counter == null ? 0 : counter.sum();
  }

  List<Arrival> arrivals() {
    requireRecording();
    return List.copyOf(arrivals);
  }

  int maxInFlight() {
    return maxInFlight.get();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  private void requireRecording() {
    if (!recording) {
      throw new IllegalStateException("the sandbox keeps no journal: start it with record = true");
    }
  }
}
