package io.facedrop.config;

import io.facedrop.config.Settings.LedgerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Reads where the ledger lies, and how this process joins those that use a server. */
final class LedgerSettings {
  /** Of an answer that comes at the last moment. */
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private LedgerSettings() {}

  /**
   * @param responseTimeout for which a request may be on the wire; a lease must outlast it
   */
  static LedgerAddress read(Readings in, Duration responseTimeout) {
    String url = in.parsed("facedrop.ledger.url", Forms::ledgerUrl);
    String node = in.text("facedrop.node.name");
    Duration lease = in.duration("facedrop.node.lease", 1_000);
    Duration least = responseTimeout.plus(SETTLING);
    if (url != null && url.startsWith("jdbc:postgresql:") && lease.compareTo(least) < 0) {
      in.fault(
          "facedrop.node.lease cannot be less than "
              + Durations.text(least)
              + " (facedrop.api.response-timeout and "
              + Durations.text(SETTLING)
              + " to settle the answer) but is "
              + Durations.text(lease));
    }
    return new LedgerAddress(
        url,
        in.text("facedrop.ledger.username"),
        in.secret("facedrop.ledger.password"),
        node.isEmpty() ? hostName() : node,
        lease);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "facedrop";
    }
  }
}
