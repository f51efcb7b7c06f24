package io.facedrop.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * Lets a file be picked up once its size and time have not changed for a while.
 *
 * <p>Uses the listing of the folder, so it works for local and remote files. Camel's {@code
 * readLock=changed} waits for one file after the other, which takes a minute for sixty files. This
 * class compares each file with earlier polls instead.
 */
public class StableFiles<T> extends ReadLock<T> {
  private static final int EMPTY_FACTOR = 10;

  private final Duration quiet;
  private final LongSupplier nanos;
  private final Map<String, Sight> sights = new ConcurrentHashMap<>();

  /** What a poll saw; the identity is another when the file was replaced. */
  private record Sight(long length, long modified, Object identity, long sinceNanos) {
    boolean same(Sight other) {
      return length == other.length
          && modified == other.modified
          && identity.equals(other.identity);
    }
  }

  /**
   * @param quiet how long nothing must have changed; zero when a done file says so instead
   * @param nanos monotonic
   */
  protected StableFiles(Duration quiet, LongSupplier nanos) {
    this.quiet = quiet;
    this.nanos = nanos;
  }

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<T> operations, GenericFile<T> file, Exchange exchange) {
    String path = file.getAbsoluteFilePath();
    boolean settled = settled(path, file.getFileLength(), file.getLastModified(), path);
    if (settled) {
      forget(path);
    }
    return settled;
  }

  /**
   * Whether a file has not changed for long enough.
   *
   * @param identity a value that differs if another file has replaced it
   */
  protected final boolean settled(String path, long length, long modified, Object identity) {
    if (quiet.isZero()) {
      return true;
    }
    Sight now = new Sight(length, modified, identity, nanos.getAsLong());
    Sight first = sights.merge(path, now, (before, seen) -> before.same(seen) ? before : seen);
    forgetOld(now.sinceNanos());
    return now.sinceNanos() - first.sinceNanos() >= quietNanos(length);
  }

  /** Forgets this path, so the next file of this name must become stable first. */
  protected final void forget(String path) {
    sights.remove(path);
  }

  /** Somebody who has made a file but written nothing yet deserves more patience. */
  private long quietNanos(long length) {
    return length == 0 ? quiet.toNanos() * EMPTY_FACTOR : quiet.toNanos();
  }

  /** Files that vanished are never asked for again. */
  private void forgetOld(long now) {
    long limit = TimeUnit.HOURS.toNanos(1);
    sights.values().removeIf(sight -> now - sight.sinceNanos() > limit);
  }
}
