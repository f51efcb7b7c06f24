package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.url.UrlRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What one reading of a manifest tells. */
record Census(long rows, long invalid, String firstFault, long repeated, long paid) {
  /** Where results are shared, a row whose task goes on neither gives nor takes one. */
  static Census of(Path file, Settings settings, Predicate<Row> isPaidFor) throws IOException {
    boolean share = settings.duplicates().sharedUrls();
    long invalid = 0;
    long paid = 0;
    String firstFault = null;
    Repetitions urls = new Repetitions();
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
    return new Census(rows, invalid, firstFault, urls.count(), paid);
  }
}
