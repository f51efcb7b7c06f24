package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The part of the gate's state that must survive a restart. Times are epoch milliseconds.
 *
 * @param revision of the kept copy, which rises with every change of it; 0 if there is no revision
 * @param proven the base URL and key have answered something other than 404 once
 * @param pause {@link Pause#NONE} when there is none
 * @param outages by what they reach
 * @param halt {@link Halt#NONE} when there is none
 */
public record GateState(
    long revision, boolean proven, Pause pause, Map<Reach, Outage> outages, Halt halt) {

  /** A gate that nothing is known of. */
  public static final GateState NEW = new GateState(0, false, Pause.NONE, Map.of(), Halt.NONE);

  /** The API asked for time: nothing leaves before. */
  public record Pause(long until, String cause, int level) {
    public static final Pause NONE = new Pause(0, "", 0);
  }

  /** What an outage closes. */
  public enum Reach {
    /** Nothing can be reached. */
    ALL,
    /** Only creating tasks fails. */
    CREATE,
    /** Only asking for results fails. */
    QUERY;

    /** What is out when this kind of request alone fails. */
    static Reach of(RequestKind kind) {
      return kind == RequestKind.CREATE ? CREATE : QUERY;
    }

    boolean covers(RequestKind kind) {
      return this == ALL || this == of(kind);
    }
  }

  /**
   * Failures of different rows in a row: one probe at a time, until one gets an answer.
   *
   * @param cause a sentence for the operator
   * @param doubtful whether a row that probes may be lost, so that the free balance query goes
   *     first
   * @param level how many pauses in a row led here; lengthens the next one
   * @param probeAt when the next probe goes
   * @param rowWait milliseconds that the last probing row waited after one with an unreadable
   *     answer
   */
  public record Outage(String cause, boolean doubtful, int level, long probeAt, long rowWait) {
    /** How the cause begins, unless a step of the routes fails. */
    public static final String BEGINS = "outage";
  }

  /**
   * Nothing can succeed until the operator acts, or a canary gets through.
   *
   * @param code the API's, or {@link #LOST_COMMITS}; 0 when not halted
   * @param message what the API said with it
   * @param creates whether only creating tasks is halted, as by code 402
   * @param at when it closed
   * @param probeAt when the next canary goes
   */
  public record Halt(int code, String message, boolean creates, long at, long probeAt) {
    public static final Halt NONE = new Halt(0, "", false, 0, 0);

    /** Stands for a code: the ledger has lost what was kept there. */
    public static final int LOST_COMMITS = -1;

    /** Whether no canary can find out that it is over. */
    boolean isForOperator() {
      return code == LOST_COMMITS;
    }

    boolean covers(RequestKind kind) {
      return code != 0 && (!creates || kind == RequestKind.CREATE);
    }
  }

  public GateState {
    outages = outages.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(outages));
  }

  public boolean halted() {
    return halt.code() != 0;
  }

  /** Whether anything keeps requests from leaving freely. */
  public boolean isClosed() {
    return halted() || pause.until() != 0 || !outages.isEmpty();
  }

  /** When the last of what pauses it lets something through again; 0 when nothing pauses it. */
  public long pausedUntil() {
    return Stream.concat(Stream.of(pause.until()), outages.values().stream().map(Outage::probeAt))
        .max(Comparator.naturalOrder())
        .orElse(0L);
  }

  /** A sentence for the operator; empty when nothing pauses it. */
  public String pauseCause() {
    return outages.values().stream()
        .filter(outage -> outage.probeAt() > pause.until())
        .findFirst()
        .map(Outage::cause)
        .orElse(pause.cause());
  }

  public GateState at(long otherRevision) {
    return new GateState(otherRevision, proven, pause, outages, halt);
  }

  /** Open for everything, with what is known of the address. */
  public GateState open() {
    return new GateState(revision, proven, Pause.NONE, Map.of(), Halt.NONE);
  }

  public GateState withProof() {
    return new GateState(revision, true, pause, outages, halt);
  }

  public GateState with(Pause next) {
    return new GateState(revision, proven, next, outages, halt);
  }

  public GateState with(Reach reach, Outage outage) {
    EnumMap<Reach, Outage> next = new EnumMap<>(Reach.class);
    next.putAll(outages);
    next.put(reach, outage);
    return new GateState(revision, proven, pause, next, halt);
  }

  public GateState without(Reach reach) {
    EnumMap<Reach, Outage> next = new EnumMap<>(Reach.class);
    next.putAll(outages);
    next.remove(reach);
    return new GateState(revision, proven, pause, next, halt);
  }

  public GateState with(Halt next) {
    return new GateState(revision, proven, pause, outages, next);
  }
}
