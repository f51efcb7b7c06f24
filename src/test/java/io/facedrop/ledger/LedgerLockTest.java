package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.sqlite.LedgerLock;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LedgerLockTest {
  @TempDir Path directory;

  @Test
  void secondTakerIsRefusedWithTheProcessId() throws Exception {
    Path ledger = directory.resolve("ledger.db");
    LedgerLock lock = LedgerLock.take(ledger);

    assertThatThrownBy(() -> LedgerLock.take(ledger))
        .isInstanceOf(LedgerInUseException.class)
        .hasMessage(
            "another facedrop (process %d) works on the ledger %s",
            ProcessHandle.current().pid(), ledger);

    lock.close();
    LedgerLock.take(ledger).close();
  }

  @Test
  void anotherProcessIsRefusedEvenAfterASecondTryOfOurs() throws Exception {
    Path ledger = directory.resolve("ledger.db");
    try (LedgerLock lock = LedgerLock.take(ledger)) {
      assertThatThrownBy(() -> LedgerLock.take(ledger)).isInstanceOf(LedgerInUseException.class);

      Process other = start(ledger);

      assertThat(line(other))
          .startsWith("another facedrop (process " + ProcessHandle.current().pid() + ")");
      assertThat(other.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void lockOfAKilledProcessIsFree() throws Exception {
    Path ledger = directory.resolve("ledger.db");
    Process other = start(ledger);
    assertThat(line(other)).isEqualTo("taken");

    assertThatThrownBy(() -> LedgerLock.take(ledger))
        .hasMessageStartingWith("another facedrop (process " + other.pid() + ")");

    assertThat(LedgerLock.holder(ledger)).contains(String.valueOf(other.pid()));

    other.destroyForcibly().waitFor();
    assertThat(LedgerLock.holder(ledger)).isEmpty();
    LedgerLock.take(ledger).close();
  }

  @Test
  void anotherNameForTheFileIsNotAnotherLedger() throws Exception {
    Path ledger = Files.writeString(directory.resolve("ledger.db"), "");
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), ledger);
    Path folder = Files.createSymbolicLink(directory.resolve("folder"), directory);
    try (LedgerLock lock = LedgerLock.take(ledger)) {
      for (Path other : List.of(link, folder.resolve("ledger.db"))) {
        assertThat(LedgerLock.holder(other)).isPresent();
        assertThatThrownBy(() -> LedgerLock.take(other)).isInstanceOf(LedgerInUseException.class);
      }
    }
    try (LedgerLock lock = LedgerLock.take(folder.resolve("new.db"))) {
      assertThatThrownBy(() -> LedgerLock.take(directory.resolve("new.db")))
          .isInstanceOf(LedgerInUseException.class);
    }
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling.db"), Path.of("later.db"));
    try (LedgerLock lock = LedgerLock.take(dangling)) {
      assertThatThrownBy(() -> LedgerLock.take(directory.resolve("later.db")))
          .isInstanceOf(LedgerInUseException.class);
    }
  }

  @Test
  void whoeverAsksForTheHolderKeepsNobodyFromStarting() throws Exception {
    Path ledger = directory.resolve("ledger.db");
    LedgerLock.take(ledger).close();
    Process asking = start(ledger, "ask");
    try {
      assertThat(line(asking)).isEqualTo("asking");
      for (int start = 0; start < 300; start++) {
        LedgerLock.take(ledger).close();
      }
    } finally {
      asking.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path ledger, String... what) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            ledger.toString(),
            String.join("", what))
        .redirectErrorStream(true)
        .start();
  }

  private static String line(Process process) throws Exception {
    BufferedReader reader = process.inputReader();
    return reader.readLine();
  }
}
