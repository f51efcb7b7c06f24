package io.facedrop.ledger.component;

import io.facedrop.api.Permit;
import io.facedrop.api.RequestKind;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The consumers that one claim may be for. */
final class Offer {
  static final Offer NONE = new Offer(List.of());

  private final List<RowConsumer> consumers;
  private final Map<Stage, RowConsumer> begun = new EnumMap<>(Stage.class);

  Offer(List<RowConsumer> consumers) {
    this.consumers = consumers;
  }

  /** Asks them now; each that wants a row waits for {@link #end} before it stops. */
  Wanted wanted(Permit permit) {
    for (RowConsumer consumer : consumers) {
      if (permit.allows(kind(consumer.stage()))
          && !begun.containsKey(consumer.stage())
          && consumer.begin()) {
        begun.put(consumer.stage(), consumer);
      }
    }
    RowConsumer pending = begun.get(Stage.PENDING);
    return begun.isEmpty()
        ? Wanted.NOTHING
        : new Wanted(
            pending != null,
            begun.containsKey(Stage.SUBMITTED),
            permit.first() == null ? null : stage(permit.first()),
            choice(permit),
            pending == null ? 0 : pending.mostOpenTasks());
  }

  private static Wanted.Choice choice(Permit permit) {
    return !permit.probes().isEmpty()
        ? Wanted.Choice.ELSEWHERE
        : permit.wantsFreshRow() ? Wanted.Choice.FRESH : Wanted.Choice.ANY;
  }

  private static Stage stage(RequestKind request) {
    return request == RequestKind.CREATE ? Stage.PENDING : Stage.SUBMITTED;
  }

  private static RequestKind kind(Stage stage) {
    return stage == Stage.PENDING ? RequestKind.CREATE : RequestKind.QUERY;
  }

  /**
   * Lets go of all but the one that a row was claimed for.
   *
   * @param row null when none was
   */
  void end(ClaimedRow claimed) {
    begun.forEach(
        (stage, consumer) -> {
          if (claimed == null || claimed.stage() != stage) {
            consumer.done();
          }
        });
  }

  RowConsumer consumer(ClaimedRow claimed) {
    return begun.get(claimed.stage());
  }
}
