package io.facedrop.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds an answer in total time and in size: socket timeouts alone let an answer drip for ever.
 */
final class AnswerLimits implements ExecChainHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerLimits.class);
  private static final int LARGEST = 1 << 20;
  private static final long WATCH_MILLIS = 50;

  private final Duration longest;
  private final Map<Cancellable, Long> deadlines = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(AnswerLimits::daemon);

  /** Whether the watchdog is about to look. While nothing is in flight it sleeps. */
  private final AtomicBoolean watching = new AtomicBoolean();

  AnswerLimits(Duration longest) {
    this.longest = longest;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Cancellable cancellable = (Cancellable) scope.originalRequest;
    deadlines.put(cancellable, System.nanoTime() + longest.toNanos());
    watch();
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      response.setEntity(buffered(response.getEntity(), cancellable));
      // Nothing is compressed unasked; what claims to be must not be unpacked without a bound.
      response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
      return response;
    } catch (IOException e) {
      if (!deadlines.containsKey(cancellable) || isSilence(e)) {
        throw new AnswerOverdueException(longest, e);
      }
      throw e;
    } finally {
      deadlines.remove(cancellable);
    }
  }

  /** The socket waits as long as the watchdog, and either may be the first to give up. */
  private static boolean isSilence(IOException failure) {
    return failure instanceof SocketTimeoutException
        && !(failure instanceof ConnectTimeoutException);
  }

  private static HttpEntity buffered(HttpEntity entity, Cancellable request) throws IOException {
    if (entity == null) {
      return null;
    }
    try (InputStream content = entity.getContent()) {
      byte[] bytes = content.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        // Closing alone would read the rest first.
        request.cancel();
        throw new IOException("the answer is larger than " + LARGEST + " bytes");
      }
      return new ByteArrayEntity(bytes, contentType(entity));
    }
  }

  private static ContentType contentType(HttpEntity entity) {
    return ContentType.parseLenient(entity.getContentType());
  }

  private void watch() {
    // Asked for every request, of which there are thousands a second.
    if (!watching.get() && watching.compareAndSet(false, true)) {
      watchdog.schedule(this::look, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    cancelOverdue();
    watching.set(false);
    // After that, or a request that came in between would be watched by nobody.
    if (!deadlines.isEmpty()) {
      watch();
    }
  }

  private void cancelOverdue() {
    long now = System.nanoTime();
    deadlines.forEach(
        (request, deadline) -> {
          if (now - deadline >= 0 && deadlines.remove(request, deadline)) {
            cancel(request);
          }
        });
  }

  /** One request that cannot be cancelled must not end the watch over all others. */
  private static void cancel(Cancellable request) {
    try {
      request.cancel();
    } catch (RuntimeException e) {
      LOG.warn("an overdue request could not be cancelled: {}", e.toString());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "facedrop-answer-watchdog");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
