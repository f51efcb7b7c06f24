package io.facedrop.console.door;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections are open, and for how long each may be without a whole request: bytes
 * that drip in would keep it from being idle.
 *
 * <p>For one thread, the server's.
 */
public final class OpenConnections implements Handler<HttpConnection> {
  private static final int MOST = 64;

  private final Vertx vertx;
  private final long patienceMillis;
  private final Map<HttpConnection, Long> timers = new HashMap<>();

  /**
   * @param patience from one request to the next, or from the beginning to the first
   */
  public OpenConnections(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patienceMillis = patience.toMillis();
  }

  @Override
  public void handle(HttpConnection connection) {
    if (timers.size() >= MOST) {
      connection.close();
      return;
    }
    connection.closeHandler(closed -> disarm(connection));
    arm(connection, patienceMillis);
  }

  /** The head of a request has come. */
  public void used(HttpConnection connection) {
    disarm(connection);
    arm(connection, patienceMillis);
  }

  /** The same of one that may take longer until the next. */
  void used(HttpConnection connection, Duration patience) {
    disarm(connection);
    arm(connection, patience.toMillis());
  }

  private void arm(HttpConnection connection, long millis) {
    timers.put(connection, vertx.setTimer(millis, late -> connection.close()));
  }

  private void disarm(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
