package io.facedrop.operator;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has ordered what of uploaded files that are not accepted yet, to be noted with their batch.
 */
final class UploadNotes {
  private final Ledger ledger;
  private final LedgerReader reader;
  private final Map<String, Note> notes = new ConcurrentHashMap<>();

  private record Note(String sha256, String words, Instant at) {}

  UploadNotes(Ledger ledger, LedgerReader reader) {
    this.ledger = ledger;
    this.reader = reader;
  }

  /**
   * Keeps one until its batch is accepted.
   *
   * @param sha256 of the content
   */
  void keep(String id, String sha256, String words) {
    notes.put(id, new Note(sha256, words, ledger.clock().instant()));
  }

  void forget(String id) {
    notes.remove(id);
  }

  /**
   * Notes with each batch that was accepted who has uploaded its manifest.
   *
   * @param old what was ordered before is forgotten
   */
  void noteAccepted(Instant old) {
    notes.forEach(
        (id, note) -> {
          Optional<Batch> batch = batch(id, note);
          batch.ifPresent(accepted -> ledger.orders().note(accepted, note.words()));
          if (batch.isPresent() || note.at().isBefore(old)) {
            notes.remove(id);
          }
        });
  }

  private Optional<Batch> batch(String id, Note note) {
    return reader.batchesOf(note.sha256()).stream()
        .filter(batch -> batch.source().toString().contains(UploadPlace.pickUp(id)))
        .findFirst();
  }
}
