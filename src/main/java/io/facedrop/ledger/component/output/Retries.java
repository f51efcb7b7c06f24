package io.facedrop.ledger.component.output;

import io.facedrop.ledger.model.Publication;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When what could not be published comes again: each output of each batch in its own time, or all
 * that go to one place together.
 */
public final class Retries {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;

  /** Stands for every batch. */
  private static final long ALL = 0;

  private record Output(long batch, Publication.Kind kind) {}

  /**
   * @param folder of the batch; empty for the root folder, and where all folders are concerned
   */
  private record Pause(
      String folder, long sinceNanos, long untilNanos, long millis, boolean withoutRoom) {
    Pause again(boolean full) {
      return of(folder, sinceNanos, Math.min(millis * 2, LONGEST_MILLIS), full);
    }

    static Pause of(String folder, long sinceNanos, long millis, boolean full) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      return new Pause(folder, sinceNanos, until, millis, full);
    }
  }

  private final Map<Output, Pause> pauses = new HashMap<>();
  private final Map<Publication.Kind, Long> doneNanos = new EnumMap<>(Publication.Kind.class);

  public boolean isDue(Publication publication) {
    return untilNanos(output(publication)) - System.nanoTime() <= 0;
  }

  /** It could be published. */
  public void done(Publication publication) {
    pauses.remove(output(publication));
    pauses.remove(new Output(ALL, publication.kind()));
    doneNanos.put(publication.kind(), System.nanoTime());
  }

  /** It could not be published. */
  public void failed(Publication publication, OutputFault fault) {
    Output output = fault.ofPlace() ? new Output(ALL, publication.kind()) : output(publication);
    String folder = fault.ofPlace() ? "" : publication.batch().folder();
    pauses.merge(
        output,
        Pause.of(folder, System.nanoTime(), FIRST_MILLIS, fault.withoutRoom()),
        (last, first) -> last.again(fault.withoutRoom()));
  }

  /** Whether something waits because a disk is full. */
  public boolean areWithoutRoom() {
    return pauses.values().stream().anyMatch(Pause::withoutRoom);
  }

  /** Whether anything of a kind waits for its next try. */
  public boolean areWaiting(Publication.Kind kind) {
    return pauses.keySet().stream().anyMatch(output -> output.kind() == kind);
  }

  /**
   * Of what nothing could be published for longer than this, although something was to be. One that
   * fails while others of its kind are published does not count, nor does a single subfolder: once
   * submission has stopped, no other folder could show that it alone is at fault.
   */
  public Optional<Publication.Kind> stalled(Duration longest) {
    return Arrays.stream(Publication.Kind.values())
        .filter(Publication.Kind::isOfRows)
        .filter(kind -> areGeneral(failing(kind, longest)))
        .findFirst();
  }

  private List<Pause> failing(Publication.Kind kind, Duration longest) {
    long now = System.nanoTime();
    return pauses.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(Map.Entry::getValue)
        .filter(pause -> now - pause.sinceNanos() > longest.toNanos())
        .filter(pause -> noneDoneSince(kind, pause.sinceNanos()))
        .toList();
  }

  /** Whether more than a single subfolder is at fault. */
  private static boolean areGeneral(List<Pause> failing) {
    return failing.stream().anyMatch(pause -> pause.withoutRoom() || pause.folder().isEmpty())
        || failing.stream().map(Pause::folder).distinct().count() > 1;
  }

  private boolean noneDoneSince(Publication.Kind kind, long nanos) {
    Long done = doneNanos.get(kind);
    return done == null || done - nanos < 0;
  }

  /** Milliseconds until something comes again; {@link Long#MAX_VALUE} when nothing does. */
  public long nextMillis() {
    long now = System.nanoTime();
    return pauses.keySet().stream()
        .mapToLong(output -> TimeUnit.NANOSECONDS.toMillis(untilNanos(output) - now) + 1)
        .map(millis -> Math.max(1, millis))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long untilNanos(Output output) {
    long now = System.nanoTime();
    return now + Math.max(left(output, now), left(new Output(ALL, output.kind()), now));
  }

  private long left(Output output, long now) {
    Pause pause = pauses.get(output);
    return pause == null ? 0 : pause.untilNanos() - now;
  }

  private static Output output(Publication publication) {
    return new Output(publication.batch().number(), publication.kind());
  }
}
