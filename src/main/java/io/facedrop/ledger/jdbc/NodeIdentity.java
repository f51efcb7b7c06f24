package io.facedrop.ledger.jdbc;

import java.time.Duration;

/**
 * How this process joins those that use a ledger on a server.
 *
 * @param name for people to read; two may have the same
 * @param lease for which it is alive without a heartbeat
 * @param api address by which it works, as all that work at once
 * @param alone whether no other may work meanwhile
 */
public record NodeIdentity(String name, Duration lease, String api, boolean alone) {
  /** Where nothing else is said. */
  public static final NodeIdentity USUAL =
      new NodeIdentity("facedrop", Duration.ofSeconds(90), "", false);
}
