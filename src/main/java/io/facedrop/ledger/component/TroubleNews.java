package io.facedrop.ledger.component;

import io.facedrop.ledger.model.Publication;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which troubles of the outputs are told: those that are new, and the others now and then. */
final class TroubleNews {
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final LongSupplier nanos;

  /** When what was told, of the kinds that are failing. */
  private final Map<Publication.Kind, Map<String, Long>> told =
      new EnumMap<>(Publication.Kind.class);

  TroubleNews(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether the operator is to be told this now. */
  boolean isNews(Publication.Kind kind, String words) {
    long now = nanos.getAsLong();
    Map<String, Long> lately = told.computeIfAbsent(kind, first -> new HashMap<>());
    lately.values().removeIf(at -> now - at >= SILENCE.toNanos());
    return lately.putIfAbsent(words, now) == null;
  }

  /** Nothing of a kind is failing any more; whether that is news. */
  boolean ended(Publication.Kind kind) {
    return told.remove(kind) != null;
  }
}
