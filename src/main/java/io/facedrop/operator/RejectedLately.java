package io.facedrop.operator;

import io.facedrop.intake.SafeName;
import io.facedrop.ledger.view.Rejected;
import io.facedrop.words.Count;
import java.util.List;
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
    return behind(0);
  }

  /** How many more there are than the first so many lines of {@link #words()} list. */
  public long behind(int lines) {
    int listed = rejected.manifests().size();
    return rejected.more() + listed - Math.min(lines, listed);
  }

  /** In words, the newest first. */
  public List<String> words() {
    Stream<String> listed = rejected.manifests().stream().map(this::words);
    return rejected.more() == 0
        ? listed.toList()
        : Stream.concat(
                listed,
                Stream.of(
                    Count.of(rejected.more(), "more manifest")
                        + " within a day, kept with their reasons"))
            .toList();
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
