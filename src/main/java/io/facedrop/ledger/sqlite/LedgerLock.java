package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets one process at a time work on a ledger; the system releases it when the process dies. */
public final class LedgerLock implements WorkLock.Held {
  /** The lock is on a byte far behind the process id, so that others can read the id. */
  private static final long LOCKED_BYTE = 1_000_000;

  /**
   * What this process holds. A POSIX lock belongs to the process: merely opening and closing the
   * file once more would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int TRIES = 50;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  private final Path file;
  private final FileChannel channel;

  private LedgerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws LedgerInUseException when another process holds it
   */
  public static LedgerLock take(Path ledger) throws LedgerInUseException {
    Path file = lockOf(ledger);
    if (!HELD.add(file)) {
      throw new LedgerInUseException(ledger.toString(), SELF);
    }
    boolean taken = false;
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel = locked(file);
      if (channel == null) {
        throw new LedgerInUseException(ledger.toString(), Files.readString(file).trim());
      }
      taken = true;
      return new LedgerLock(file, channel);
    } catch (IOException e) {
      throw new LedgerException("the lock " + file + " cannot be taken: " + Cause.of(e), e);
    } finally {
      if (!taken) {
        HELD.remove(file);
      }
    }
  }

  /** The id of the process that works on a ledger; empty when none does. */
  public static Optional<String> holder(Path ledger) {
    Path file = lockOf(ledger);
    if (HELD.contains(file)) {
      return Optional.of(SELF);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      boolean free = channel.tryLock(LOCKED_BYTE, 1, true) != null;
      return free ? Optional.empty() : Optional.of(Files.readString(file).trim());
    } catch (NoSuchFileException never) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LedgerException("the lock " + file + " cannot be read: " + Cause.of(e), e);
    }
  }

  /** Of the file itself, by whichever of its names it is asked for. */
  private static Path lockOf(Path ledger) {
    Path file = RealFile.of(ledger);
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /** The channel that holds the lock, our process id written; null when another process has it. */
  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (!isLocked(channel)) {
        return null;
      }
      String id = SELF + System.lineSeparator();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)), 0);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** Whoever only asks for the holder has it for a moment, and must keep nobody from starting. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    for (int tries = 1; tries < TRIES; tries++) {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return channel.tryLock(LOCKED_BYTE, 1, false) != null;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LedgerException("the lock cannot be released: " + Cause.of(e), e);
    } finally {
      HELD.remove(file);
    }
  }
}
