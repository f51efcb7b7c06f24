package io.facedrop.api.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Learns how long the server keeps an idle connection. If a server closes it silently, a request on
 * it is lost, and it is unknown whether the server read it.
 *
 * <p>Before an idle connection is reused, it is checked, which takes 1 ms. The check is skipped for
 * short idle times once the server has proven that it keeps connections. A connection that was
 * found closed shows how long the server keeps them; from then on, only half of that time is
 * trusted. Idle times count from the last request, because an answer may be old when it is read.
 */
public final class KeptAlive {
  /** Connections that were idle for longer are not reused, for any server. */
  public static final Duration USUAL = Duration.ofSeconds(20);

  private static final Duration LOOKED_AT = Duration.ofMillis(20);
  private static final int PROOFS = 100;

  /** Closings that soon come from a restart as well, so what they taught is forgotten. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration FIRST_CAUTION = Duration.ofMinutes(10);
  private static final Duration LONGEST_CAUTION = Duration.ofHours(12);

  private final Timeout connectTimeout;
  private final Timeout responseTimeout;
  private final LongSupplier nanos;
  private Duration limit = USUAL;
  private Duration caution = FIRST_CAUTION;
  private long cautiousUntil;
  private int proofs;
  private volatile ConnectionConfig config;

  /**
   * @param nanos monotonic time
   */
  public KeptAlive(Timeout connectTimeout, Timeout responseTimeout, LongSupplier nanos) {
    this.connectTimeout = connectTimeout;
    this.responseTimeout = responseTimeout;
    this.nanos = nanos;
    config = config();
  }

  /** How connections are treated now; asked whenever one is taken from the pool. */
  public ConnectionConfig now() {
    if (limit.compareTo(SOON) < 0 && nanos.getAsLong() - cautiousUntil >= 0) {
      forget();
    }
    return config;
  }

  private synchronized void forget() {
    limit = USUAL;
    proofs = 0;
    config = config();
  }

  private ConnectionConfig config() {
    boolean trusted = proofs >= PROOFS && limit.compareTo(SOON) >= 0;
    ConnectionConfig.Builder builder =
        ConnectionConfig.custom()
            .setConnectTimeout(connectTimeout)
            .setSocketTimeout(responseTimeout)
            .setIdleTimeout(Timeout.of(limit))
            .setValidateAfterInactivity(TimeValue.of(trusted ? LOOKED_AT : Duration.ZERO));
    if (limit.toMillis() == 0) {
      builder.setTimeToLive(TimeValue.ZERO_MILLISECONDS);
    }
    return builder.build();
  }

  /** Whether the server may have closed a connection that was idle for so long. */
  public synchronized boolean doubts(Duration idle) {
    return idle.compareTo(limit) > 0;
  }

  /** A connection was used again, and answered. */
  public void worked() {
    if (proofs < PROOFS) {
      prove();
    }
  }

  private synchronized void prove() {
    proofs++;
    if (proofs == PROOFS) {
      config = config();
    }
  }

  /** A connection was found closed that had been idle for so long. */
  public synchronized void closedAfter(Duration idle) {
    Duration half = idle.dividedBy(2);
    if (half.compareTo(limit) < 0) {
      limit = half;
      cautiousUntil = nanos.getAsLong() + caution.toNanos();
      Duration next = caution.multipliedBy(2);
      caution = next.compareTo(LONGEST_CAUTION) < 0 ? next : LONGEST_CAUTION;
      config = config();
    }
  }

  /** A connection broke that was used again after it had been idle for so long. */
  public synchronized void brokeAfter(Duration idle) {
    proofs = 0;
    config = config();
    if (idle.compareTo(LOOKED_AT) >= 0) {
      // It was looked at, and closed while the request was on its way.
      closedAfter(idle);
    }
  }
}
