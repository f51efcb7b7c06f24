package io.facedrop.ledger.jdbc;

import java.time.Duration;

/**
 * How this process joins the nodes of a ledger on a server.
 *
 * @param name for people to read; two nodes may have the same
 * @param lease time for which the node counts as alive without renewing
 * @param api address of the API, the same for all nodes that work at once
 * @param alone whether no other process may work at the same time
 */
public record NodeIdentity(String name, Duration lease, String api, boolean alone) {
  /** The default, for a ledger in a file and for tests. */
  public static final NodeIdentity USUAL =
      new NodeIdentity("facedrop", Duration.ofSeconds(90), "", false);
}
