package io.facedrop.ledger.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Rows of a batch that go into one output file.
 *
 * @param number from 1 in its output
 * @param firstRow lowest id
 * @param lastRow highest id
 * @param file null until published
 * @param place the folder or server that the file was written to, without user and options; null
 *     until published, and of a route that did not tell
 * @param sha256 of the file; null until published
 * @param publishedAt null until published
 */
public record Part(
    long batch,
    Output output,
    int number,
    long rows,
    long firstRow,
    long lastRow,
    String file,
    String place,
    String sha256,
    Instant publishedAt) {

  /** When the last of them was published, which is when a batch is done; else another moment. */
  public static Instant lastOf(List<Part> parts, Instant otherwise) {
    return parts.stream()
        .map(Part::publishedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(otherwise);
  }

  /** The place that it was written to; where nobody knows it, another one. */
  public String placeOr(String otherwise) {
    return place == null ? otherwise : place;
  }

  /** The file's name below the output's directory. */
  public String fileName(Batch of) {
    String extension = of.layout().format() == io.facedrop.manifest.Format.JSONL ? "jsonl" : "csv";
    return String.format(
        Locale.ROOT, "%s.%s-%04d.%s", of.fileStem(), output.word(), number, extension);
  }

  /** In words, for messages. */
  public String words() {
    return number + " of output " + output.word() + " of batch number " + batch;
  }
}
