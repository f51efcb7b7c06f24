package io.facedrop.operator;

import io.facedrop.api.answer.Stage;
import io.facedrop.intake.WorkingFolder;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.manifest.Format;
import io.facedrop.publish.file.DiskFile;
import io.facedrop.publish.part.PartStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drops the dead letters of a batch again: those that no later batch has taken on. They become a
 * manifest in the inbox's working folder, as if it had been picked up, and keep {@code
 * facedrop_origin} and their task if it may still have a result.
 */
public final class Redrop {
  /** Below the inbox, where nobody looks. */
  private static final String UNFINISHED = ".redrop";

  private final LedgerReader ledger;
  private final Path inbox;
  private final Offered offered;

  /**
   * What would be dropped.
   *
   * @param byReason rows by their reason
   * @param paidFor rows that go on with a task that was paid for
   * @param invalid rows whose URL is invalid, which cost nothing and come to nothing
   */
  public record Count(Map<Reason, Long> byReason, long paidFor, long invalid) {
    public long rows() {
      return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows that are sent, each of which may be charged. */
    public long sent() {
      return rows() - paidFor - invalid;
    }

    /** The most that they cost. */
    public long credits() {
      return sent() * Stage.first().credits();
    }
  }

  /**
   * A manifest that was dropped.
   *
   * @param sha256 of its content, by which the ledger knows its batch
   */
  public record Dropped(Path manifest, String sha256) {}

  /**
   * A manifest that was dropped and is not accepted yet.
   *
   * @param batch id of the batch whose dead letters they are
   * @param folder its own, somewhere in which it lies
   */
  public record Waiting(String batch, long rows, Path folder, Path manifest) {}

  public Redrop(LedgerReader ledger, Path inbox) {
    this.ledger = ledger;
    this.inbox = inbox;
    this.offered = new Offered(ledger, inbox);
  }

  /** Counts without dropping. */
  public Count count(Batch batch, Set<Reason> reasons) {
    Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
    long paidFor = 0;
    try (EndedRows rows = ledger.of(batch).toDropAgain(reasons)) {
      for (EndedRow row = rows.next(); row != null; row = rows.next()) {
        byReason.merge(Reason.valueOf(row.reason()), 1L, Long::sum);
        paidFor += isPaidFor(row) ? 1 : 0;
      }
    }
    return new Count(byReason, paidFor, byReason.getOrDefault(Reason.INVALID_URL, 0L));
  }

  private boolean isPaidFor(EndedRow row) {
    return row.detectTaskId() != null && ledger.isPaidFor(row.detectTaskId(), row.imageUrl());
  }

  /**
   * Drops them.
   *
   * @param counted so many they are
   * @throws WaitingException while an earlier one of the same batch is not accepted yet
   */
  public Dropped drop(Batch batch, Set<Reason> reasons, long counted) throws IOException {
    Path work = Files.createDirectories(inbox.resolve(WorkingFolder.NAME));
    try (FileChannel channel =
            FileChannel.open(
                work.resolve(".redrop.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      refuseWaiting(batch);
      return appear(work.resolve(new RedropFolder(batch.id(), counted).name()), batch, reasons);
    }
  }

  /** Whole or not at all: whoever looks into the working folder takes what is there. */
  private Dropped appear(Path whole, Batch batch, Set<Reason> reasons) throws IOException {
    Path begun = inbox.resolve(UNFINISHED);
    removeAll(begun);
    Path folder = Files.createDirectories(begun.resolve(batch.folder()));
    Dropped unfinished = write(batch, reasons, folder.resolve(name(batch)));
    Files.writeString(ChecksumFile.of(unfinished.manifest()), unfinished.sha256() + "\n");
    Files.move(begun, whole, StandardCopyOption.ATOMIC_MOVE);
    return new Dropped(whole.resolve(begun.relativize(unfinished.manifest())), unfinished.sha256());
  }

  /** What a crash has left. */
  private static void removeAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Writes them to a file of the operator's. */
  public Dropped write(Batch batch, Set<Reason> reasons, Path manifest) throws IOException {
    Path unfinished = manifest.resolveSibling("." + manifest.getFileName() + UNFINISHED);
    try (EndedRows rows = ledger.of(batch).toDropAgain(reasons);
        InputStream bytes = new PartStream(batch, Output.DEAD_LETTER, rows, false)) {
      Files.copy(bytes, unfinished, StandardCopyOption.REPLACE_EXISTING);
    }
    DiskFile.force(unfinished);
    String sha256 = HexFormat.of().formatHex(DiskFile.digest(unfinished));
    Files.move(unfinished, manifest, StandardCopyOption.ATOMIC_MOVE);
    DiskFile.force(manifest);
    return new Dropped(manifest, sha256);
  }

  static String name(Batch batch) {
    return batch.stem() + (batch.layout().format() == Format.JSONL ? ".jsonl" : ".csv");
  }

  /** Rows that are dropped and not accepted yet are in no batch that would tell of them. */
  private void refuseWaiting(Batch batch) throws IOException {
    Optional<Waiting> earlier =
        waiting().stream().filter(waiting -> waiting.batch().equals(batch.id())).findFirst();
    if (earlier.isPresent()) {
      throw new WaitingException(earlier.get().manifest());
    }
  }

  /** What was dropped and is not accepted yet. */
  public List<Waiting> waiting() throws IOException {
    return offered.in(name -> RedropFolder.on(Path.of(name)).isPresent()).stream()
        .map(
            manifest -> {
              RedropFolder folder = RedropFolder.on(manifest.folder().getFileName()).orElseThrow();
              return new Waiting(folder.batch(), folder.rows(), manifest.folder(), manifest.file());
            })
        .toList();
  }

  /** An earlier redrop of the batch waits for a worker to accept it. */
  public static final class WaitingException extends IOException {
    private static final long serialVersionUID = 1L;

    WaitingException(Path manifest) {
      super(
          "an earlier redrop of this batch is not accepted yet: "
              + manifest
              + "; start serve, or wait until it has accepted it, and try again");
    }
  }
}
