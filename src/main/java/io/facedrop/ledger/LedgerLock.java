package io.facedrop.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one process at a time work on a ledger; the system releases it when the process dies. */
public final class LedgerLock implements AutoCloseable {
  /** The lock is on a byte far behind the process id, so that others can read the id. */
  private static final long LOCKED_BYTE = 1_000_000;

  private final FileChannel channel;

  private LedgerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws LedgerInUseException when another process holds it
   */
  public static LedgerLock take(Path ledger) throws LedgerInUseException {
    Path file = ledger.resolveSibling(ledger.getFileName() + ".lock");
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = Files.readString(file).trim();
        channel.close();
        throw new LedgerInUseException(ledger, holder);
      }
      String id = ProcessHandle.current().pid() + System.lineSeparator();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)), 0);
      return new LedgerLock(channel);
    } catch (IOException e) {
      throw new LedgerException("the lock " + file + " cannot be taken: " + e.getMessage(), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LedgerException("the lock cannot be released: " + e.getMessage(), e);
    }
  }
}
