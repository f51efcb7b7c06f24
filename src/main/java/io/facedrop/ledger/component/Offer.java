package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.Permit;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.ClaimedRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The consumers that one claim may be for. */
final class Offer {
  static final Offer NONE = new Offer(List.of());

  private final List<RowConsumer> consumers;
  private final Map<RequestKind, Map<Stage, RowConsumer>> begun = new EnumMap<>(RequestKind.class);

  Offer(List<RowConsumer> consumers) {
    this.consumers = consumers;
  }

  /** Asks them now; each that wants a row waits for {@link #end} before it stops. */
  Wanted wanted(Permit permit) {
    for (RowConsumer consumer : consumers) {
      if (permit.allows(consumer.kind())
          && !of(consumer.kind()).containsKey(consumer.stage())
          && consumer.begin()) {
        begun
            .computeIfAbsent(consumer.kind(), kind -> new EnumMap<>(Stage.class))
            .put(consumer.stage(), consumer);
      }
    }
    return begun.isEmpty()
        ? Wanted.NOTHING
        : new Wanted(
            of(RequestKind.CREATE).keySet(),
            of(RequestKind.QUERY).keySet(),
            permit.first(),
            choice(permit),
            mostOpenTasks());
  }

  private Map<Stage, RowConsumer> of(RequestKind kind) {
    return begun.getOrDefault(kind, Map.of());
  }

  private long mostOpenTasks() {
    return of(RequestKind.CREATE).values().stream()
        .mapToLong(RowConsumer::mostOpenTasks)
        .min()
        .orElse(0);
  }

  private static Wanted.Choice choice(Permit permit) {
    return !permit.probes().isEmpty()
        ? Wanted.Choice.ELSEWHERE
        : permit.wantsFreshRow() ? Wanted.Choice.FRESH : Wanted.Choice.ANY;
  }

  /**
   * Lets go of all but the one that a row was claimed for.
   *
   * @param claimed null when none was
   */
  void end(ClaimedRow claimed) {
    RowConsumer used = claimed == null ? null : consumer(claimed);
    for (Map<Stage, RowConsumer> ofKind : begun.values()) {
      ofKind.values().stream().filter(consumer -> consumer != used).forEach(RowConsumer::done);
    }
  }

  RowConsumer consumer(ClaimedRow claimed) {
    return of(claimed.kind()).get(claimed.stage());
  }
}
