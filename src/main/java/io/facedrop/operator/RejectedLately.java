package io.facedrop.operator;

import io.facedrop.intake.SafeName;
import io.facedrop.ledger.view.Rejected;
import io.facedrop.words.Count;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifests that were rejected lately, as the ledger knows them.
 *
 * @param rejected those that were not accepted since
 */
public record RejectedLately(Rejected rejected) {
  static final RejectedLately NONE = new RejectedLately(new Rejected(List.of(), 0));

  /** How many there are. */
  public long count() {
    return rejected.more() + rejected.manifests().size();
  }

  /** In words, the newest first, and last how many more there are. */
  public List<String> words() {
    return Stream.concat(listed().stream(), more().stream()).toList();
  }

  /** The newest, each in words. */
  public List<String> listed() {
    return rejected.manifests().stream().map(this::words).toList();
  }

  /** How many more there are, in words; empty for none. */
  public Optional<String> more() {
    return rejected.more() == 0
        ? Optional.empty()
        : Optional.of(
            Count.of(rejected.more(), "more manifest") + " within a day, kept with their reasons");
  }

  private String words(Rejected.Manifest manifest) {
    return SafeName.shown(manifest.path())
        + ": "
        + manifest.code()
        + ", "
        + manifest.message()
        + "; kept as "
        + SafeName.shown(manifest.keptAs());
  }
}
