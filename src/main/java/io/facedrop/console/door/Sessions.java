package io.facedrop.console.door;

import io.facedrop.console.door.Tokens.Holder;
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
   * @param holder whose token it has shown
   * @param form secret that each form of ours has, and that no page of another site knows
   */
  record Session(Holder holder, String form, long untilNanos) {
    Role role() {
      return holder.role();
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanos;
  private final Map<String, Session> byDigest =
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
  Session unasked(Holder holder) {
    return new Session(holder, secret(), Long.MAX_VALUE);
  }

  /** The value of its cookie. */
  synchronized String open(Holder holder) {
    String id = secret();
    byDigest.put(key(id), new Session(holder, secret(), nanos.getAsLong() + LIFE.toNanos()));
    return id;
  }

  synchronized Optional<Session> of(String id) {
    Session session = byDigest.get(key(id));
    if (session != null && nanos.getAsLong() - session.untilNanos() >= 0) {
      byDigest.remove(key(id));
      return Optional.empty();
    }
    return Optional.ofNullable(session);
  }

  synchronized void close(String id) {
    byDigest.remove(key(id));
  }

  /** To look for a digest tells by its time nothing of the id. */
  private static String key(String id) {
    return HexFormat.of().formatHex(Tokens.digest(id));
  }

  private String secret() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
