package io.facedrop.ledger.component.output;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Publication;
import java.util.EnumMap;
import java.util.Map;

/** Tells the ledger, for whoever asks, which outputs cannot be written and why. */
public final class OutputLinks {
  private final Ledger ledger;
  private final Map<Publication.Kind, String> told = new EnumMap<>(Publication.Kind.class);

  public OutputLinks(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Notes how it stands with the outputs of a kind.
   *
   * @param trouble empty when all is well
   */
  public void tell(Publication.Kind kind, String trouble) {
    if (!trouble.equals(told.computeIfAbsent(kind, this::last))) {
      ledger.deliveries().link(Link.output(kind, ledger.node()), trouble);
      told.put(kind, trouble);
    }
  }

  /** What an earlier process has told. */
  private String last(Publication.Kind kind) {
    return ledger.links().stream()
        .filter(link -> link.place().equals(Link.output(kind, ledger.node())))
        .map(Link::trouble)
        .findFirst()
        .orElse("");
  }
}
