package io.facedrop.ledger.model;

/**
 * An event on its way to the operator.
 *
 * @param number in the order of the events
 * @param id by which a receiver recognises a repeated event
 * @param message in words, for people
 * @param json the whole event, as one line
 */
public record Notice(long number, String id, Kind kind, String message, String json) {
  /** Kinds, whose words receivers go by: they never change. */
  public enum Kind {
    MANIFEST_ACCEPTED("manifest accepted"),
    MANIFEST_REJECTED("manifest rejected"),
    MANIFEST_EXPECTED_SOON("manifest expected soon"),
    MANIFEST_LATE("manifest expected but late"),
    BATCH_HELD("batch held"),
    BATCH_COMPLETE("batch complete"),
    GATE_HALTED("gate halted"),
    GATE_PAUSED("gate paused for long"),
    GATE_OPEN("gate open"),
    ROWS_IN_DOUBT("rows in doubt"),
    OUTPUT_FAILING("output failing"),
    EXPIRING("detect_ids about to expire unpublished"),
    EVENTS_DROPPED("events dropped");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /** Whether it is of a gate, of which there may be very many. */
    public boolean isOfGate() {
      return this == GATE_HALTED || this == GATE_PAUSED || this == GATE_OPEN;
    }

    /** The kind of these words. */
    public static Kind of(String words) {
      for (Kind kind : values()) {
        if (kind.words.equals(words)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of notice: " + words);
    }
  }
}
