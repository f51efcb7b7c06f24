package io.facedrop.intake;

import io.facedrop.config.Durations;
import io.facedrop.config.Settings;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Admission;
import io.facedrop.ledger.model.Batch;
import io.facedrop.manifest.ManifestRejectedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides, for acceptance, {@code run} and {@code check}, whether a content is a duplicate. */
public final class Duplicates {
  private final LedgerReader ledger;
  private final Settings settings;
  private final Clock clock;

  public Duplicates(LedgerReader ledger, Settings settings, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The batch with this content at the configured API, if it is open or was completed within the
   * window. {@code run} resumes it; for {@code serve} it makes the content a duplicate.
   *
   * @param howeverOld whether to ignore the window
   */
  public Optional<Batch> here(String sha256, boolean howeverOld) {
    return here(ledger.batchesOf(sha256), howeverOld);
  }

  private Optional<Batch> here(List<Batch> ofContent, boolean howeverOld) {
    return first(ofContent, howeverOld, batch -> batch.api().isAt(settings.api().address()));
  }

  /** The like at another API, but for what a sandbox made: that counts for no other. */
  private Optional<Batch> elsewhere(List<Batch> ofContent, boolean howeverOld) {
    return first(
        ofContent,
        howeverOld,
        batch -> !batch.api().isAt(settings.api().address()) && !batch.api().sandbox());
  }

  private Optional<Batch> first(
      List<Batch> ofContent, boolean howeverOld, Predicate<Batch> counts) {
    Instant since = clock.instant().minus(settings.duplicates().window());
    List<Batch> batches = ofContent.stream().filter(counts).toList();
    return batches.stream()
        .filter(batch -> !batch.complete())
        .findFirst()
        .or(
            () ->
                batches.stream()
                    .filter(batch -> howeverOld || batch.completedAt().isAfter(since))
                    .findFirst());
  }

  /**
   * Rejects a duplicate, unless {@code facedrop.duplicate-manifest} accepts it.
   *
   * @param inPlace whether it is a manifest of {@code run}, for which a batch at another API counts
   *     however old it is
   * @throws ManifestRejectedException {@code DUPLICATE_MANIFEST}
   */
  public void refuse(String sha256, boolean inPlace) throws ManifestRejectedException {
    refuse(ledger.batchesOf(sha256), inPlace);
  }

  /**
   * The same check, to repeat when the manifest is read: another process may have accepted the
   * content by then.
   */
  Admission admission(boolean inPlace) {
    return settings.duplicates().accepted()
        ? Admission.FREE
        : accepted -> refuse(accepted, inPlace);
  }

  private void refuse(List<Batch> ofContent, boolean inPlace) throws ManifestRejectedException {
    if (!settings.duplicates().accepted()) {
      refuseWorkedHere(ofContent);
      refuseWorkedElsewhere(ofContent, inPlace);
    }
  }

  /**
   * Rejects a content that {@code run} would reject.
   *
   * @throws ManifestRejectedException {@code DUPLICATE_MANIFEST}
   */
  public void refuseForRun(String sha256) throws ManifestRejectedException {
    List<Batch> ofContent = ledger.batchesOf(sha256);
    if (!settings.duplicates().accepted() && here(ofContent, true).isEmpty()) {
      refuseWorkedElsewhere(ofContent, true);
    }
  }

  private void refuseWorkedHere(List<Batch> ofContent) throws ManifestRejectedException {
    Optional<Batch> earlier = here(ofContent, false);
    if (earlier.isPresent()) {
      throw new ManifestRejectedException(
          "DUPLICATE_MANIFEST",
          "the same content was dropped before and is not paid for twice",
          "a content not seen within " + Durations.text(settings.duplicates().window()),
          "the content of batch "
              + earlier.get().id()
              + (earlier.get().complete() ? ", complete" : ", still open")
              + " (facedrop.duplicate-manifest=accept works it again)",
          0);
    }
  }

  /** What was worked at another API is neither done here nor worked here unasked. */
  private void refuseWorkedElsewhere(List<Batch> ofContent, boolean howeverOld)
      throws ManifestRejectedException {
    Optional<Batch> worked = elsewhere(ofContent, howeverOld);
    if (worked.isPresent()) {
      Batch batch = worked.get();
      throw new ManifestRejectedException(
          "DUPLICATE_MANIFEST",
          "the same content was dropped before, for "
              + batch.api().address()
              + " and not for today's "
              + settings.api().address()
              + ", and is not paid for twice; set facedrop.duplicate-manifest=accept to work it"
              + " here, or facedrop.api.base-url to the other address",
          "a content not dropped for another address",
          "the content of batch "
              + batch.id()
              + (batch.complete() ? ", complete" : ", still open")
              + ", of "
              + batch.api().address(),
          0);
    }
  }
}
