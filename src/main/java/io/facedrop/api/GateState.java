package io.facedrop.api;

/**
 * What of the gate must outlive the process. Times are epoch milliseconds; 0 means none.
 *
 * @param revision rises with every change that another process makes ({@code resume})
 * @param proven the base URL and key have answered something other than 404 once
 * @param pausedUntil no request leaves before
 * @param pauseCause a sentence for the operator; empty when not paused
 * @param probing one row at a time, until one gets an answer after an outage
 * @param level how many pauses in a row led here; lengthens the next one
 * @param haltedCode the API's code that closed the gate until a canary succeeds; 0 when open
 * @param haltMessage what the API said with it
 * @param haltedAt when it closed
 * @param probeAt when the next canary goes
 */
public record GateState(
    long revision,
    boolean proven,
    long pausedUntil,
    String pauseCause,
    boolean probing,
    int level,
    int haltedCode,
    String haltMessage,
    long haltedAt,
    long probeAt) {

  /** A gate that nothing is known of. */
  public static final GateState NEW = new GateState(0, false, 0, "", false, 0, 0, "", 0, 0);

  public boolean halted() {
    return haltedCode != 0;
  }

  GateState at(long otherRevision) {
    return new GateState(
        otherRevision,
        proven,
        pausedUntil,
        pauseCause,
        probing,
        level,
        haltedCode,
        haltMessage,
        haltedAt,
        probeAt);
  }

  GateState open() {
    return new GateState(revision, true, 0, "", false, 0, 0, "", 0, 0);
  }

  GateState withProof() {
    return new GateState(
        revision,
        true,
        pausedUntil,
        pauseCause,
        probing,
        level,
        haltedCode,
        haltMessage,
        haltedAt,
        probeAt);
  }

  GateState paused(long until, String cause, boolean outage, int atLevel) {
    return new GateState(
        revision,
        proven,
        until,
        cause,
        probing || outage,
        atLevel,
        haltedCode,
        haltMessage,
        haltedAt,
        probeAt);
  }

  GateState halted(int code, String message, long at, long nextProbe) {
    return new GateState(revision, proven, 0, "", false, 0, code, message, at, nextProbe);
  }
}
