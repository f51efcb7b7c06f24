package io.facedrop.operator;

import io.facedrop.config.Settings;
import io.facedrop.intake.Duplicates;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.format.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that an operator has uploaded. Each waits until the operator has read what it costs, for an
 * hour at most, or until this process ends. Then it goes into the working folder, as if it had been
 * picked up.
 */
public final class Uploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 20;
  private static final int TIDY_SECONDS = 2;

  /** They take 48 MB at most, of a heap that others work in. */
  public static final int MOST_URLS = 4_000_000;

  private final Ledger ledger;
  private final UploadPlace place;
  private final UploadReader files;
  private final UploadNotes notes;
  private final Offered offered;
  private final Map<String, Upload> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Uploads::thread);

  /**
   * A file that waits for the operator.
   *
   * @param manifest its name below the inbox
   * @param bytes as it was sent
   * @param preview what it would come to, once it is read
   */
  public record Upload(
      String id, Path manifest, long bytes, Instant at, CompletableFuture<Preview> preview) {}

  /**
   * What it would come to.
   *
   * @param rejected why it would be rejected; null if it would not
   * @param census null if it would be rejected
   * @param earlier batches of the same content
   * @param time that it takes, in words
   * @param digests null if it would be rejected
   */
  public record Preview(
      ManifestRejectedException rejected,
      Census census,
      List<Batch> earlier,
      String time,
      Manifest.Digests digests) {}

  /**
   * @param reader of the pages, so that nobody who works waits
   */
  public Uploads(Settings settings, Ledger ledger, LedgerReader reader) {
    this.ledger = ledger;
    this.place = new UploadPlace(settings.inbox().directory());
    this.files =
        new UploadReader(settings, reader, new Duplicates(reader, settings, ledger.clock()), place);
    this.notes = new UploadNotes(ledger, reader);
    this.offered = new Offered(reader, settings.inbox().directory());
  }

  /** Removes at start what nobody can agree to any more; other nodes may have the same inbox. */
  public static void removeStale(Settings settings, Ledger ledger) {
    new UploadPlace(settings.inbox().directory())
        .removeOlder(ledger.isShared() ? ledger.clock().instant().minus(KEPT) : Instant.MAX);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "facedrop-uploads");
    thread.setDaemon(true);
    return thread;
  }

  /** The folders of the inbox that a file can be dropped into, besides the inbox itself. */
  public List<String> folders() {
    return place.folders();
  }

  /** What waits for the operator, the oldest first: not what would be rejected. */
  public List<Upload> waiting() {
    return waiting.values().stream()
        .filter(upload -> !isRejected(upload))
        .sorted(Comparator.comparing(Upload::at))
        .toList();
  }

  public Optional<Upload> waiting(String id) {
    return Optional.ofNullable(waiting.get(id));
  }

  /** What is to be worked and waits to be accepted, by the names below the inbox. */
  public List<Path> offered() {
    try {
      return offered.in(UploadPlace::isPickUp).stream()
          .map(manifest -> manifest.folder().relativize(manifest.file()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      LOG.debug("the working folder cannot be looked through", unreadable);
      return List.of();
    }
  }

  /** Whether no more is taken before one of them is worked or thrown away. */
  public boolean areTooMany() {
    return waiting().size() >= MOST;
  }

  /**
   * Takes a file, and begins to read it.
   *
   * @param uploaded which is moved
   * @param given the name that the browser gave, which may be anything
   * @param folder one of {@link #folders()}; empty for the inbox itself
   */
  public Upload take(Path uploaded, String given, String folder) throws IOException {
    if (begun.compareAndSet(false, true)) {
      thread.scheduleWithFixedDelay(this::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
    }
    String id = UUID.randomUUID().toString();
    Path name = Path.of(folder).resolve(UploadPlace.name(given));
    place.keep(uploaded, id, name);
    Upload upload =
        new Upload(
            id,
            name,
            Files.size(place.file(id, name)),
            ledger.clock().instant(),
            CompletableFuture.supplyAsync(() -> files.read(id, name), thread));
    waiting.put(id, upload);
    return upload;
  }

  /**
   * Has a file worked that was read and found good.
   *
   * @param words who has ordered what, which is noted with the batch
   * @return false when it does not wait, or no more
   */
  public boolean work(String id, String words) throws IOException {
    Upload upload = waiting.get(id);
    if (upload == null || !isGood(upload) || !waiting.remove(id, upload)) {
      return false;
    }
    Manifest.Digests digests = upload.preview().join().digests();
    try {
      // With it nobody takes one for its own that lies in the inbox for another of its name.
      Files.writeString(ChecksumFile.of(place.file(id, upload.manifest())), digests.raw() + "\n");
      notes.keep(id, digests.content(), words);
      place.offer(id);
      return true;
    } catch (IOException failure) {
      notes.forget(id);
      waiting.put(id, upload);
      throw failure;
    }
  }

  private static boolean isGood(Upload upload) {
    return isRead(upload) && !isRejected(upload);
  }

  private static boolean isRejected(Upload upload) {
    return isRead(upload) && upload.preview().join().rejected() != null;
  }

  private static boolean isRead(Upload upload) {
    return upload.preview().isDone() && !upload.preview().isCompletedExceptionally();
  }

  /** Throws one away; false when it does not wait, or no more. */
  public boolean discard(String id) {
    boolean there = waiting.remove(id) != null;
    if (there) {
      place.remove(id);
    }
    return there;
  }

  private void tidy() {
    try {
      Instant old = ledger.clock().instant().minus(KEPT);
      notes.noteAccepted(old);
      removeOld(old);
    } catch (RuntimeException failure) {
      LOG.debug("uploads could not be tidied up", failure);
    }
  }

  /** Nobody agrees to them any more. */
  private void removeOld(Instant old) {
    waiting.values().stream()
        .filter(upload -> upload.at().isBefore(old))
        .forEach(upload -> discard(upload.id()));
    place.removeOlder(old);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
