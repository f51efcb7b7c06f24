package io.facedrop.api;

/**
 * Leave to send one request.
 *
 * @param issuedNanos monotonic time of issue
 * @param canary sent to learn whether a halted gate can open again
 * @param unproven sent to an address that has not answered anything but 404 yet
 * @param first what is to be asked, if there is anything of it to ask, to learn whether its outage
 *     is over; null for whatever goes first
 * @param not what is not to be asked, for it is out; null for nothing
 */
public record Permit(
    long issuedNanos, boolean canary, boolean unproven, Signal.Request first, Signal.Request not) {

  /**
   * Whether a row that was not asked for yet tells more than one that was: one that fails whenever
   * it is sent would keep a gate closed that could open.
   */
  public boolean wantsFreshRow() {
    return canary || unproven || first == Signal.Request.CREATE;
  }
}
