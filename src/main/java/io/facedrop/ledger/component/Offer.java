package io.facedrop.ledger.component;

import io.facedrop.api.Permit;
import io.facedrop.api.RequestKind;
import io.facedrop.ledger.Image;
import io.facedrop.ledger.Stage;
import io.facedrop.ledger.Wanted;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The consumers that one claim may be for. */
final class Offer {
  static final Offer NONE = new Offer(List.of());

  private final List<ImageConsumer> consumers;
  private final Map<Stage, ImageConsumer> begun = new EnumMap<>(Stage.class);

  Offer(List<ImageConsumer> consumers) {
    this.consumers = consumers;
  }

  /** Asks them now; each that wants an image waits for {@link #end} before it stops. */
  Wanted wanted(Permit permit) {
    for (ImageConsumer consumer : consumers) {
      if (permit.allows(kind(consumer.stage()))
          && !begun.containsKey(consumer.stage())
          && consumer.begin()) {
        begun.put(consumer.stage(), consumer);
      }
    }
    ImageConsumer pending = begun.get(Stage.PENDING);
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
   * Lets go of all but the one that an image was claimed for.
   *
   * @param image null when none was
   */
  void end(Image image) {
    begun.forEach(
        (stage, consumer) -> {
          if (image == null || image.stage() != stage) {
            consumer.done();
          }
        });
  }

  ImageConsumer consumer(Image image) {
    return begun.get(image.stage());
  }
}
