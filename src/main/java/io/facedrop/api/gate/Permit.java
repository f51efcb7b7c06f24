package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * The permission to send one request.
 *
 * @param issuedNanos monotonic time of issue
 * @param creates whether it may be a create
 * @param queries whether it may be a query
 * @param first the preferred kind; null for the most urgent row of any kind
 * @param probes the outages that it probes
 * @param canary sent to learn whether a halted gate can open again
 * @param unproven sent to an address that has not answered anything but 404 yet
 */
public record Permit(
    long issuedNanos,
    boolean creates,
    boolean queries,
    RequestKind first,
    Set<GateState.Reach> probes,
    boolean canary,
    boolean unproven) {

  /** A permit for the most urgent row of any kind, while nothing is closed. */
  public static Permit open(long now) {
    return open(EnumSet.allOf(RequestKind.class), now);
  }

  /** Leave for these kinds, while nothing is closed. */
  public static Permit open(Set<RequestKind> kinds, long now) {
    return new Permit(
        now,
        kinds.contains(RequestKind.CREATE),
        kinds.contains(RequestKind.QUERY),
        null,
        Set.of(),
        false,
        false);
  }

  /** The same, for this kind first. */
  public Permit first(RequestKind kind) {
    return new Permit(issuedNanos, creates, queries, kind, probes, canary, unproven);
  }

  /**
   * Whether a row that has not failed yet goes before any other: one that fails whenever it is sent
   * would keep a gate closed that could open.
   */
  public boolean wantsFreshRow() {
    return canary || unproven || !probes.isEmpty();
  }

  /**
   * Whether it is for one kind of request only, because the other is closed or must wait for its
   * rate.
   */
  public boolean isPartial() {
    return !creates || !queries;
  }

  /** Whether it may be used for this kind of request. */
  public boolean allows(RequestKind kind) {
    return kind == RequestKind.CREATE ? creates : queries;
  }
}
