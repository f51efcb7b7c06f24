package io.facedrop.api.gate;

import java.util.Locale;

/** What an operator should know and do about a halted gate. */
public final class HaltAdvice {
  private HaltAdvice() {}

  /** The line for the operator when a signal has just halted the gate. */
  public static String news(Signal signal) {
    return String.format(
        Locale.ROOT,
        "halted by code %d (%s): %s%s",
        signal.code(),
        signal.message(),
        of(signal.code()),
        then(signal.code()));
  }

  /** The line for the operator when a process finds the gate halted. */
  public static String again(GateState.Halt halt) {
    return String.format(
        Locale.ROOT,
        "still halted by %s: %s%s",
        cause(halt.code()),
        of(halt.code()),
        then(halt.code()));
  }

  /** What halted the gate, in two or three words. */
  public static String cause(int code) {
    return code == GateState.Halt.LOST_COMMITS ? "lost commits" : "code " + code;
  }

  /** One sentence for the code that halted the gate. */
  public static String of(int code) {
    return switch (code) {
      case 401 ->
          "the API refused the key: correct facedrop.api.key (or CRUN_API_KEY, or the file that"
              + " facedrop.api.key-file names)";
      case 403 ->
          "the API says that the key is disabled: enable it, or set another facedrop.api.key (or"
              + " CRUN_API_KEY, or the file that facedrop.api.key-file names)";
      case 402 -> "the account is out of credits: top it up";
      case 404 -> "the address answers 404 to everything: correct facedrop.api.base-url";
      case GateState.Halt.LOST_COMMITS ->
          "the database has lost what was committed to it, as after a failover to a standby that was"
              + " behind, so rows that were sent may look as if they were not: compare the API's own"
              + " list of tasks with the outputs, and what is to be sent again costs again";
      case 505 -> "face detection is switched off for this account: ask the API's support";
      default -> "the API refused with code " + code;
    };
  }

  /**
   * What opens the gate once that is done; the end of a sentence. Settings are read at the start.
   */
  public static String then(int code) {
    return switch (code) {
      case 401, 404 -> ", then restart facedrop";
      case 403 -> ", then facedrop resume; for another key, restart facedrop";
      default -> ", then facedrop resume";
    };
  }
}
