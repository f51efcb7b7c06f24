package io.facedrop.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * Lets a file be taken once its size and time have stayed the same for a while.
 *
 * <p>Works on what was listed, so on every kind of file alike. Camel's own {@code readLock=changed}
 * asks the same, but waits for one file after the other, which takes a minute for sixty files; this
 * compares each with what the polls before saw.
 */
public class SettledFiles<T> implements GenericFileExclusiveReadLockStrategy<T> {
  private static final int EMPTY_FACTOR = 10;

  private final Duration quiet;
  private final Map<String, Sight> sights = new ConcurrentHashMap<>();

  /** What a poll saw. */
  private record Sight(long length, long modified, long sinceNanos) {
    boolean same(Sight other) {
      return length == other.length && modified == other.modified;
    }
  }

  /**
   * @param quiet how long nothing must have changed; zero when a done file says so instead
   */
  public SettledFiles(Duration quiet) {
    this.quiet = quiet;
  }

  @Override
  public void prepareOnStartup(
      GenericFileOperations<T> operations, GenericFileEndpoint<T> endpoint) {}

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<T> operations, GenericFile<T> file, Exchange exchange) {
    if (quiet.isZero()) {
      return true;
    }
    String path = file.getAbsoluteFilePath();
    Sight now = new Sight(file.getFileLength(), file.getLastModified(), System.nanoTime());
    Sight first = sights.merge(path, now, (before, seen) -> before.same(seen) ? before : seen);
    boolean settled = now.sinceNanos() - first.sinceNanos() >= quietNanos(now.length());
    if (settled) {
      sights.remove(path);
    }
    forgetOld(now.sinceNanos());
    return settled;
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

  @Override
  public void releaseExclusiveReadLockOnAbort(
      GenericFileOperations<T> operations, GenericFile<T> file, Exchange exchange) {}

  @Override
  public void releaseExclusiveReadLockOnRollback(
      GenericFileOperations<T> operations, GenericFile<T> file, Exchange exchange) {}

  @Override
  public void releaseExclusiveReadLockOnCommit(
      GenericFileOperations<T> operations, GenericFile<T> file, Exchange exchange) {}

  @Override
  public void setTimeout(long timeout) {}

  @Override
  public void setCheckInterval(long checkInterval) {}

  @Override
  public void setReadLockLoggingLevel(org.apache.camel.LoggingLevel readLockLoggingLevel) {}

  @Override
  public void setMarkerFiler(boolean markerFile) {}

  @Override
  public void setDeleteOrphanLockFiles(boolean deleteOrphanLockFiles) {}
}
