package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.fault.DamagedLedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.ledger.model.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a ledger after a disk, or somebody, has damaged its file. */
class DamagedLedgerTest {
  private static final int PAGE = 4096;
  private static final int ROWS = 300;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir Path directory;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void make() throws IOException {
    Path place = directory.toRealPath();
    file = place.resolve("ledger.db");
    try (LedgerBench bench = LedgerBench.at(place)) {
      bench.batch(ROWS);
    }
    whole = Files.readAllBytes(file);
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);

    for (Throwable refusal : List.of(read(), work())) {
      assertThat(refusal)
          .isInstanceOf(RefusedLedgerException.class)
          .hasMessageStartingWith("the ledger " + file + " is a folder: expected a file; let ");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(file, "This is a letter, and no ledger. ".repeat(1_000));

    assertThat(read()).isInstanceOf(DamagedLedgerException.class);
    assertThat(work())
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageStartingWith(
            "the ledger "
                + file
                + " is damaged, or no ledger: expected a whole SQLite database, found"
                + " [SQLITE_NOTADB] ")
        .hasMessageContaining(
            "facedrop has changed nothing in it. Keep it and what lies beside it ("
                + file
                + "-wal)")
        .hasMessageContaining("restore a backup");
  }

  @Test
  void aFileThatWasCutOffIsRefusedWhereverThatWas() throws IOException {
    for (int length : new int[] {1, 50, 99, 100, PAGE - 1, PAGE, PAGE + 1, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(read()).as("%d bytes", length).isInstanceOf(DamagedLedgerException.class);
      assertThat(work()).as("%d bytes", length).isInstanceOf(DamagedLedgerException.class);
      assertThat(Files.size(file)).isEqualTo(length);
    }
  }

  /** Damage that nobody reads does no harm; whatever is read is told of, and stays as it is. */
  @Test
  void damageAnywhereIsToldOfWhenItIsReadAndNothingIsDestroyed() throws IOException {
    int told = 0;
    for (int times = 0; times < 60; times++) {
      byte[] damaged = damaged();
      Files.write(file, damaged);

      Throwable reading = read();
      Throwable working = work();

      for (Throwable failure : new Throwable[] {reading, working}) {
        if (failure != null) {
          told++;
          assertThat(failure)
              .as("seed %d, %d", seed, times)
              .isInstanceOfAny(DamagedLedgerException.class, RefusedLedgerException.class);
          assertThat(failure.getMessage()).doesNotContainPattern("\\w+Exception");
        }
      }
      if (working != null) {
        assertThat(Files.readAllBytes(file)).as("seed %d, %d", seed, times).isEqualTo(damaged);
      }
    }
    assertThat(told).as("seed %d", seed).isGreaterThan(20);
  }

  @Test
  void aDamagedLogIsAsIfItWereNotThere() throws IOException {
    Path place = Files.createDirectory(directory.resolve("killed"));
    try (LedgerBench bench = LedgerBench.at(directory.toRealPath())) {
      bench.batch(5);
      for (String suffix : new String[] {"", "-wal"}) {
        Files.copy(file.resolveSibling("ledger.db" + suffix), place.resolve("ledger.db" + suffix));
      }
    }
    file = place.toRealPath().resolve("ledger.db");
    Path log = file.resolveSibling("ledger.db-wal");
    byte[] noise = new byte[(int) Files.size(log)];
    random.nextBytes(noise);
    Files.write(log, noise);

    assertThat(read()).isNull();
    assertThat(work()).isNull();
    Files.deleteIfExists(log);
    assertThat(read()).isNull();
  }

  private byte[] damaged() {
    byte[] damaged = whole.clone();
    int from = 100 + random.nextInt(whole.length - 100);
    int length = Math.min(whole.length - from, 1 + random.nextInt(16 * PAGE));
    byte[] noise = new byte[length];
    if (random.nextBoolean()) {
      random.nextBytes(noise);
    }
    System.arraycopy(noise, 0, damaged, from, length);
    return damaged;
  }

  /** As status does. */
  private Throwable read() {
    return failure(
        () -> {
          try (LedgerReader reader = LedgerReader.open(url(), "")) {
            return reader.newestBatches(5).stream().map(Batch::rows).toList();
          }
        });
  }

  /** As serve does at its start. */
  private Throwable work() {
    return failure(
        () -> {
          try (Ledger ledger = Ledger.open(url(), Clock.systemUTC())) {
            return ledger.work().recover(LedgerBench.RULES);
          }
        });
  }

  private static Throwable failure(Supplier<?> what) {
    try {
      what.get();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }
}
