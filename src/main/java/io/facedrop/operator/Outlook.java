package io.facedrop.operator;

import io.facedrop.config.Forecast;
import java.time.Duration;
import java.util.Optional;

/** Says how long the rest of some rows takes; the same for a live line and for {@code status}. */
public record Outlook(Forecast forecast) {
  /**
   * How long the rest takes by the configured rate, or as long as the measured speed says if that
   * is longer and lasting. Empty where nothing can tell.
   *
   * @param unsent rows that are still to be created
   * @param awaiting tasks whose result is awaited
   */
  public Optional<Duration> left(long unsent, long awaiting, Speed speed) {
    Optional<Duration> planned = forecast.left(unsent, awaiting).flatMap(speed::slowed);
    Optional<Duration> measured = unsent == 0 ? Optional.empty() : speed.left(unsent + awaiting);
    if (planned.isEmpty() || isLasting(speed) && isLonger(measured, planned.get())) {
      return measured;
    }
    return planned;
  }

  /** Rows end only some time after they are sent: until then, a speed says too little. */
  private boolean isLasting(Speed speed) {
    return forecast.startUp().filter(time -> speed.lead().compareTo(time) > 0).isPresent();
  }

  private static boolean isLonger(Optional<Duration> one, Duration other) {
    return one.filter(time -> time.compareTo(other) > 0).isPresent();
  }
}
