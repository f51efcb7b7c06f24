package io.facedrop.api;

/**
 * Leave to send one request.
 *
 * @param issuedNanos monotonic time of issue
 * @param unproven sent to an address that has not answered anything but 404 yet
 * @param canary sent to learn whether a halted gate can open again
 */
public record Permit(long issuedNanos, boolean canary, boolean unproven) {

  /** Whether a row that was not asked for yet tells more than one that was. */
  public boolean wantsFreshRow() {
    return canary || unproven;
  }
}
