package io.facedrop.expect;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The deadlines of something that is expected on some days by a time of day. A time that a change
 * of the clocks leaves out is as much later as they are set forward; of one that comes twice the
 * first counts.
 *
 * @param days weekdays; at least one
 * @param except dates on which nothing is expected
 */
public record Schedule(LocalTime by, Set<DayOfWeek> days, ZoneId zone, Set<LocalDate> except) {
  /** Nothing that is expected so seldom is expected. */
  private static final int MOST_DAYS = 3_700;

  public Schedule {
    days = Set.copyOf(days);
    except = Set.copyOf(except);
  }

  /** The deadline of a date; empty where nothing is expected. */
  public Optional<Instant> deadline(LocalDate date) {
    return days.contains(date.getDayOfWeek()) && !except.contains(date)
        ? Optional.of(date.atTime(by).atZone(zone).toInstant())
        : Optional.empty();
  }

  /** The first deadline after a moment; empty where all are excepted. */
  public Optional<Instant> next(Instant after) {
    return search(after, 1, deadline -> deadline.isAfter(after));
  }

  /** The last deadline before a moment. */
  public Optional<Instant> last(Instant before) {
    return search(before, -1, deadline -> deadline.isBefore(before));
  }

  private Optional<Instant> search(Instant from, int step, Predicate<Instant> fits) {
    // A deadline may lie on the day before or after, where the clocks change at midnight.
    LocalDate date = LocalDate.ofInstant(from, zone).minusDays(step);
    for (int day = 0; day < MOST_DAYS; day++, date = date.plusDays(step)) {
      Optional<Instant> deadline = deadline(date).filter(fits);
      if (deadline.isPresent()) {
        return deadline;
      }
    }
    return Optional.empty();
  }
}
