package io.facedrop.operator;

import io.facedrop.config.Settings;
import io.facedrop.intake.Duplicates;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.publish.file.DiskFile;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads uploaded files: what each would come to. */
final class UploadReader {
  private static final Logger LOG = LoggerFactory.getLogger(UploadReader.class);

  private final Settings settings;
  private final LedgerReader reader;
  private final Duplicates duplicates;
  private final UploadPlace place;

  UploadReader(Settings settings, LedgerReader reader, Duplicates duplicates, UploadPlace place) {
    this.settings = settings;
    this.reader = reader;
    this.duplicates = duplicates;
    this.place = place;
  }

  /** What it would come to; of one that would be rejected nothing is kept. */
  Uploads.Preview read(String id, Path name) {
    Path file = place.file(id, name);
    try {
      Manifest.Digests digests = Intake.examine(file, settings, false);
      duplicates.refuse(digests.content(), false);
      Census census = Census.of(file, settings, this::isPaidFor, Uploads.MOST_URLS);
      DiskFile.force(file);
      TaskTimes known = reader.taskTimes();
      return new Uploads.Preview(
          null,
          census,
          reader.batchesOf(digests.content()),
          settings.forecast(known.queriesPerTask(), known.likely()).words(census.sent()),
          digests);
    } catch (ManifestRejectedException rejected) {
      place.remove(id);
      return new Uploads.Preview(rejected, null, List.of(), "", null);
    } catch (IOException unreadable) {
      LOG.warn("the uploaded file {} cannot be read: {}", file, Cause.of(unreadable));
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean isPaidFor(Row row) {
    return row.detectTaskId() != null && reader.isPaidFor(row.detectTaskId(), row.imageUrl());
  }
}
