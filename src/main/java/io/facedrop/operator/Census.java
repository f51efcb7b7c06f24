package io.facedrop.operator;

import io.facedrop.api.answer.Stage;
import io.facedrop.config.Settings;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.url.UrlRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * What one reading of a manifest tells.
 *
 * @param invalid rows whose URL is invalid, which cost nothing
 * @param firstFault the first of them, in words; null for none
 * @param repeated rows whose URL was there before, as far as that was looked at
 * @param shared whether those share the result of the first
 * @param paid rows that go on with a task that was paid for
 */
public record Census(
    long rows, long invalid, String firstFault, long repeated, boolean shared, long paid) {

  /**
   * Reads a manifest to its end. Where results are shared, a row whose task goes on neither gives
   * nor takes one.
   *
   * @param mostUrls that repetitions are looked for among, in 8 bytes each
   * @throws io.facedrop.manifest.ManifestRejectedException when it cannot be read as a whole
   */
  public static Census of(Path file, Settings settings, Predicate<Row> isPaidFor, int mostUrls)
      throws IOException {
    boolean share = settings.duplicates().sharedUrls();
    long invalid = 0;
    long paid = 0;
    String firstFault = null;
    Repetitions urls = new Repetitions(mostUrls);
    ManifestName name = ManifestName.of(file.getFileName().toString());
    long rows = 0;
    UrlRule rule = settings.images().rule();
    try (RowReader reader = Manifest.open(file, name, settings.manifests())) {
      Row row;
      while ((row = reader.next()) != null) {
        rows++;
        String fault = rule.fault(row.imageUrl()).orElse(null);
        if (fault == null) {
          boolean goesOn = isPaidFor.test(row);
          paid += goesOn ? 1 : 0;
          if (!share || !goesOn) {
            urls.add(row.imageUrl());
          }
        } else {
          invalid++;
          firstFault = firstFault == null ? "line " + row.line() + ", " + fault : firstFault;
        }
      }
    }
    return new Census(rows, invalid, firstFault, urls.count(), share, paid);
  }

  /** Rows that are sent, each of which may be charged. */
  public long sent() {
    return rows - invalid - paid - (shared ? repeated : 0);
  }

  /** The most that they cost. */
  public long credits() {
    return sent() * Stage.first().credits();
  }
}
