package io.facedrop.ledger.component;

import io.facedrop.ledger.Publication;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** When what could not be published comes again: each output of each batch in its own time. */
final class Retries {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;

  private record Output(long batch, Publication.Kind kind) {}

  private record Pause(long untilNanos, long millis, boolean withoutRoom) {}

  private final Map<Output, Pause> pauses = new HashMap<>();

  boolean isDue(Publication publication) {
    Pause pause = pauses.get(output(publication));
    return pause == null || pause.untilNanos() - System.nanoTime() <= 0;
  }

  /** It could be published. */
  void done(Publication publication) {
    pauses.remove(output(publication));
  }

  /**
   * It could not be published.
   *
   * @param withoutRoom because the disk is full
   */
  void failed(Publication publication, boolean withoutRoom) {
    Pause last = pauses.get(output(publication));
    long millis = last == null ? FIRST_MILLIS : Math.min(last.millis() * 2, LONGEST_MILLIS);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    pauses.put(output(publication), new Pause(until, millis, withoutRoom));
  }

  /** Whether something waits because a disk is full. */
  boolean areWithoutRoom() {
    return pauses.values().stream().anyMatch(Pause::withoutRoom);
  }

  /** Milliseconds until something comes again; {@link Long#MAX_VALUE} when nothing does. */
  long nextMillis() {
    long now = System.nanoTime();
    return pauses.values().stream()
        .mapToLong(pause -> TimeUnit.NANOSECONDS.toMillis(pause.untilNanos() - now) + 1)
        .map(millis -> Math.max(1, millis))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static Output output(Publication publication) {
    return new Output(publication.batch().number(), publication.kind());
  }
}
