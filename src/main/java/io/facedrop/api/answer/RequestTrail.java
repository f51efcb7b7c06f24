package io.facedrop.api.answer;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.Permit;

/**
 * The record of which requests left for one claimed row, and what the API answered. The HTTP client
 * writes it, so a changed route cannot falsify it.
 *
 * <p>It is an exchange property, so copies of an exchange share it. Safe for many threads.
 */
public final class RequestTrail {
  /** The exchange property that holds it. */
  public static final String PROPERTY = "CamelFacedropRequestTrail";

  private static final String BALANCE = "/account/balance";

  private final Permit permit;
  private final Stage stage;
  private final boolean mayCreate;
  private boolean creating;
  private boolean ended;
  private int requests;
  private long leftNanos;
  private long endedNanos;
  private Answer answer;
  private boolean sandbox;
  private Exception failure;
  private Exception obstacle;

  /**
   * @param permit by which its request may leave
   * @param stage that the row is at
   * @param mayCreate whether a create is due; of a row that has a task, none ever is
   */
  public RequestTrail(Permit permit, Stage stage, boolean mayCreate) {
    this.permit = permit;
    this.stage = stage;
    this.mayCreate = mayCreate;
  }

  public Permit permit() {
    return permit;
  }

  /**
   * Records that a request is about to leave.
   *
   * @return its kind; null for a request that is not counted for the row, such as the balance
   * @throws NotSentException when it would create a second task for the row
   */
  public synchronized RequestKind begin(String method, String path) throws NotSentException {
    String resource = path == null ? "" : resource(path);
    boolean post = "POST".equals(method);
    requireGoing();
    if (!post) {
      return resource.endsWith(BALANCE) ? null : RequestKind.QUERY;
    }
    boolean due = mayCreate && !creating && stage.isCreatedAt(resource);
    if (!due && Stage.isAnyCreatedAt(resource)) {
      throw new NotSentException(
          "the route would create a second task for a row, which was kept from leaving; a row is"
              + " sent once",
          null);
    }
    boolean creates = mayCreate && !creating;
    creating |= creates;
    return creates ? RequestKind.CREATE : null;
  }

  /** Whether it is the free question about the account's balance. */
  public static boolean isOfTheBalance(String method, String path) {
    return "GET".equals(method) && path != null && resource(path).endsWith(BALANCE);
  }

  private static String resource(String path) {
    return path.split("\\?", 2)[0];
  }

  /** One that was begun did not leave after all. */
  public synchronized void notLeft(RequestKind kind) {
    creating &= kind != RequestKind.CREATE;
  }

  /** Something kept a request from leaving. */
  public synchronized void obstructed(Exception why) {
    obstacle = why;
  }

  /**
   * Records that the request leaves.
   *
   * @throws NotSentException when the exchange of the row has ended
   */
  public synchronized void left() throws NotSentException {
    requireGoing();
    leftNanos = requests++ == 0 ? System.nanoTime() : leftNanos;
  }

  private void requireGoing() throws NotSentException {
    if (ended) {
      throw new NotSentException("the row has gone on before its request left", null);
    }
  }

  /** The row goes on by what is known now: nothing more may leave for it. */
  public synchronized void end() {
    ended = true;
  }

  /**
   * Its answer is read.
   *
   * @param bySandbox whether that says that a sandbox gave it
   */
  public synchronized void answered(Answer read, boolean bySandbox) {
    endedNanos = System.nanoTime();
    answer = read;
    sandbox |= bySandbox;
    failure = null;
  }

  /** It left, and no answer to it is to be had. */
  public synchronized void failed(Exception why) {
    endedNanos = System.nanoTime();
    failure = why;
  }

  /** How many requests left, to be counted for the row. */
  public synchronized int requests() {
    return requests;
  }

  /** The last answer that was read; null when none was. */
  public synchronized Answer answer() {
    return answer;
  }

  /** Whether a sandbox gave an answer. */
  public synchronized boolean isSandbox() {
    return sandbox;
  }

  /** Why the last request that left has no answer; null when it has one, or none left. */
  public synchronized Exception failure() {
    return failure;
  }

  /** Why a request did not leave; null when none was kept. */
  public synchronized Exception obstacle() {
    return obstacle;
  }

  /** Monotonic time at which the first request left. */
  public synchronized long leftNanos() {
    return leftNanos;
  }

  /** Monotonic time at which the last answer was there, or could not be had. */
  public synchronized long endedNanos() {
    return endedNanos;
  }
}
