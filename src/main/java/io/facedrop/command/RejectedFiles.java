package io.facedrop.command;

import io.facedrop.intake.Intake;
import io.facedrop.intake.SafeName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.words.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** The manifests of a run that were rejected, for its closing summary. */
final class RejectedFiles {
  private static final int MOST = 20;

  private final List<String> words = new ArrayList<>();

  /**
   * Takes a manifest down.
   *
   * @param exchange with which it was to be accepted
   */
  void add(Path manifest, Exchange exchange) {
    ManifestRejectedException why = Intake.rejection(exchange);
    words.add(
        SafeName.shown(manifest.toString()) + ": " + (why == null ? "see the log" : why.code()));
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** A line for each of the first, and one that counts the rest. */
  List<String> lines() {
    if (words.size() <= MOST) {
      return words;
    }
    List<String> lines = new ArrayList<>(words.subList(0, MOST));
    lines.add("and " + Count.number(words.size() - MOST) + " more");
    return lines;
  }
}
