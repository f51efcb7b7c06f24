package io.facedrop.console.door;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who has shown a token in a browser. It is known by a cookie that no script reads and no other
 * site sends, for half a day or until this process ends.
 */
final class Sessions {
  static final String COOKIE = "facedrop";
  static final Duration LIFE = Duration.ofHours(12);
  private static final int MOST = 1_000;
  private static final int BYTES = 32;

  /**
   * A browser.
   *
   * @param form secret that each form of ours has, and that no page of another site knows
   */
  record Session(Role role, String form, long untilNanos) {}

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanos;
  private final Map<String, Session> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  Sessions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** One that nobody has to open. */
  Session unasked(Role role) {
    return new Session(role, secret(), Long.MAX_VALUE);
  }

  /** The value of its cookie. */
  synchronized String open(Role role) {
    String id = secret();
    byId.put(id, new Session(role, secret(), nanos.getAsLong() + LIFE.toNanos()));
    return id;
  }

  synchronized Optional<Session> of(String id) {
    Session session = byId.get(id);
    if (session != null && nanos.getAsLong() - session.untilNanos() >= 0) {
      byId.remove(id);
      return Optional.empty();
    }
    return Optional.ofNullable(session);
  }

  synchronized void close(String id) {
    byId.remove(id);
  }

  private String secret() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
