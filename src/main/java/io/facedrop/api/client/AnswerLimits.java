package io.facedrop.api.client;

import io.facedrop.api.answer.AnswerBody;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
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
public final class AnswerLimits implements ExecChainHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerLimits.class);
  private static final ContentType TYPE = ContentType.APPLICATION_JSON;
  private static final long WATCH_MILLIS = 50;

  private static final String WATCHED = "facedrop.watched";

  private final Duration longest;
  private final Set<Watched> all = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(AnswerLimits::daemon);

  /** Whether the watchdog is about to look. While nothing is in flight it sleeps. */
  private final AtomicBoolean watching = new AtomicBoolean();

  /** One request in flight. */
  private static final class Watched {
    private final Cancellable request;

    /** Whether it is a row's; else it is a question that need not be answered. */
    private final boolean ofRow;

    private volatile long deadlineNanos;
    private volatile boolean overdue;
    private volatile boolean waits;

    Watched(Cancellable request, boolean ofRow, long deadlineNanos) {
      this.request = request;
      this.ofRow = ofRow;
      this.deadlineNanos = deadlineNanos;
    }

    boolean isOverdue(long now) {
      return !waits && now - deadlineNanos >= 0;
    }
  }

  public AnswerLimits(Duration longest) {
    this.longest = longest;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Cancellable cancellable = (Cancellable) scope.originalRequest;
    boolean ofRow = Departure.trail(scope) != null;
    Watched watched = new Watched(cancellable, ofRow, System.nanoTime() + longest.toNanos());
    scope.clientContext.setAttribute(WATCHED, watched);
    all.add(watched);
    watch();
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      byte[] body = body(response.getEntity(), cancellable);
      response.setEntity(body == null ? null : new ByteArrayEntity(body, TYPE));
      // It is unpacked, and whatever it says that it is, it is read as JSON or not at all: Camel
      // would throw at a charset that it does not know.
      response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
      response.setHeader(HttpHeaders.CONTENT_TYPE, TYPE.toString());
      return response;
    } catch (IOException e) {
      if (watched.overdue || isSilence(e)) {
        throw new AnswerOverdueException(longest, e);
      }
      throw e;
    } finally {
      all.remove(watched);
    }
  }

  /** A request waits for its departure, which may take as long as it likes. */
  public void wait(ExecChain.Scope scope) {
    watched(scope).waits = true;
  }

  /** It departs: from now on an answer is due. */
  public void begin(ExecChain.Scope scope) {
    Watched watched = watched(scope);
    watched.deadlineNanos = System.nanoTime() + longest.toNanos();
    watched.waits = false;
  }

  private static Watched watched(ExecChain.Scope scope) {
    return (Watched) scope.clientContext.getAttribute(WATCHED);
  }

  /** Gives up all questions that are no row's. */
  public void giveUpQuestions() {
    all.stream().filter(watched -> !watched.ofRow).forEach(AnswerLimits::cancel);
  }

  /** The socket waits as long as the watchdog, and either may be the first to give up. */
  private static boolean isSilence(IOException failure) {
    return failure instanceof SocketTimeoutException
        && !(failure instanceof ConnectTimeoutException);
  }

  private static byte[] body(HttpEntity entity, Cancellable request) throws IOException {
    if (entity == null) {
      return null;
    }
    try (InputStream content = entity.getContent()) {
      byte[] bytes = content.readNBytes(most(entity.getContentLength()));
      if (bytes.length > AnswerBody.LARGEST) {
        // Closing alone would read the rest first.
        request.cancel();
      }
      AnswerBody.requireSmall(bytes.length);
      String encoding = entity.getContentEncoding();
      return AnswerBody.unpacked(bytes, encoding == null ? "" : encoding);
    }
  }

  /** Where the length is told, no more room is made than it takes to see that it is true. */
  private static int most(long told) {
    return (int) (told < 0 ? AnswerBody.LARGEST : Math.min(told, AnswerBody.LARGEST)) + 1;
  }

  private void watch() {
    // Asked for every request, of which there are thousands a second.
    if (!watching.get() && watching.compareAndSet(false, true)) {
      watchdog.schedule(this::look, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      cancelOverdue();
    } finally {
      watching.set(false);
      // After that, or a request that came in between would be watched by nobody.
      if (!all.isEmpty()) {
        watch();
      }
    }
  }

  private void cancelOverdue() {
    long now = System.nanoTime();
    all.stream().filter(watched -> watched.isOverdue(now)).forEach(AnswerLimits::cancel);
  }

  /** One request that cannot be cancelled must not end the watch over all others. */
  private static void cancel(Watched watched) {
    watched.overdue = true;
    try {
      watched.request.cancel();
    } catch (RuntimeException e) {
      LOG.warn("an overdue request could not be cancelled: {}", Cause.of(e));
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
