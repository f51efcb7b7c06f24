package io.facedrop.ledger.component.output;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Publication;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the ledger, for whoever asks, which outputs cannot be written, why, and what that stops.
 */
public final class OutputLinks {
  private final Ledger ledger;
  private final Map<String, String> told = new HashMap<>();

  public OutputLinks(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Notes how it stands with the outputs of a kind.
   *
   * @param trouble empty when all is well
   */
  public void tell(Publication.Kind kind, String trouble) {
    tell(Link.output(kind, ledger.node()), trouble);
  }

  /**
   * Notes whether rows are submitted.
   *
   * @param why they are not; empty when they are
   */
  public void tellSubmission(String why) {
    tell(Link.submission(ledger.node()), why);
  }

  private void tell(String place, String trouble) {
    if (!trouble.equals(told.computeIfAbsent(place, this::last))) {
      ledger.deliveries().link(place, trouble);
      told.put(place, trouble);
    }
  }

  /** What an earlier process has told. */
  private String last(String place) {
    return ledger.links().stream()
        .filter(link -> link.place().equals(place))
        .map(Link::trouble)
        .findFirst()
        .orElse("");
  }
}
