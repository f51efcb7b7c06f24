package io.facedrop.ledger.model;

/**
 * Something that is to be published for a batch.
 *
 * @param part null unless it is one
 */
public record Publication(Kind kind, Batch batch, Part part) {
  /** Kinds, in the order in which a batch sees them. */
  public enum Kind {
    ACCEPTED("accepted"),
    SUCCESS("success"),
    DEAD_LETTER("dead-letter"),
    ARCHIVE("archive"),
    REPORT("report");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word for it in the routes. */
    public String word() {
      return word;
    }

    /** The word for it in messages. */
    public String noun() {
      return this == ACCEPTED ? "acknowledgement" : word;
    }

    /** Whether it holds rows, which are paid for and may expire. */
    public boolean isOfRows() {
      return this == SUCCESS || this == DEAD_LETTER;
    }
  }

  public static Publication of(Batch batch, Part part) {
    return new Publication(
        part.output() == Output.SUCCESS ? Kind.SUCCESS : Kind.DEAD_LETTER, batch, part);
  }

  /** That the batch was accepted. */
  public static Publication acknowledging(Batch batch) {
    return new Publication(Kind.ACCEPTED, batch, null);
  }

  /** What comes next for a batch whose parts are all published. */
  public static Publication last(Batch batch) {
    boolean archive = batch.archive() && batch.archivedAt() == null;
    return new Publication(archive ? Kind.ARCHIVE : Kind.REPORT, batch, null);
  }
}
