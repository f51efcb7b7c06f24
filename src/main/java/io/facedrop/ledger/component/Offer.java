package io.facedrop.ledger.component;

import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.RequestKind;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.ClaimedRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The consumers that one claim may be for. */
final class Offer {
  static final Offer NONE = new Offer(List.of());

  private final List<RowConsumer> consumers;
  private final Map<RequestKind, RowConsumer> begun = new EnumMap<>(RequestKind.class);

  Offer(List<RowConsumer> consumers) {
    this.consumers = consumers;
  }

  /** Asks them now; each that wants a row waits for {@link #end} before it stops. */
  Wanted wanted(Permit permit) {
    for (RowConsumer consumer : consumers) {
      if (permit.allows(consumer.kind())
          && !begun.containsKey(consumer.kind())
          && consumer.begin()) {
        begun.put(consumer.kind(), consumer);
      }
    }
    RowConsumer pending = begun.get(RequestKind.CREATE);
    return begun.isEmpty()
        ? Wanted.NOTHING
        : new Wanted(
            pending != null,
            begun.containsKey(RequestKind.QUERY),
            permit.first(),
            choice(permit),
            pending == null ? 0 : pending.mostOpenTasks());
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
    begun.forEach(
        (kind, consumer) -> {
          if (claimed == null || claimed.kind() != kind) {
            consumer.done();
          }
        });
  }

  RowConsumer consumer(ClaimedRow claimed) {
    return begun.get(claimed.kind());
  }
}
