package io.facedrop.publish.report;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Tally;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The first dead letters of one reason. What of their URLs may be secret is left out: a report is
 * shown to more people than the outputs.
 */
public record ReasonSamples(String reason, List<DeadLetter> first) {
  /** So many of each reason. */
  public static final int MOST = 10;

  private static final int LONGEST_URL = 200;

  static List<ReasonSamples> of(LedgerReader ledger, Batch batch, List<Tally> deadLetters) {
    return deadLetters.stream()
        .map(Tally::reason)
        .distinct()
        .map(reason -> of(reason, ledger.of(batch).firstDeadLetters(reason, MOST)))
        .toList();
  }

  /** The samples with what may be shown of them. */
  public static ReasonSamples of(String reason, List<DeadLetter> first) {
    Stream<DeadLetter> shown =
        first.stream()
            .map(
                dead ->
                    new DeadLetter(
                        dead.line(),
                        shown(dead.imageUrl()),
                        dead.reason(),
                        Objects.toString(dead.message(), "")));
    return new ReasonSamples(reason, shown.toList());
  }

  /** Neither a user with a password nor the signature of a signed URL. */
  static String shown(String url) {
    String bare = url.replaceFirst("//[^/?#]*@", "//…@").replaceFirst("[?#].*$", "?…");
    return bare.length() > LONGEST_URL ? bare.substring(0, LONGEST_URL) + "…" : bare;
  }
}
