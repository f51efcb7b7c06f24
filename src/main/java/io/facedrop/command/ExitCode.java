package io.facedrop.command;

/** What the commands exit with. */
public final class ExitCode {
  /** Every row succeeded. */
  public static final int OK = 0;

  /** Something went wrong inside facedrop. */
  public static final int INTERNAL = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Finished, with dead letters. */
  public static final int DEAD_LETTERS = 3;

  /** A manifest was rejected. */
  public static final int REJECTED = 4;

  /** Stopped before the end; the same command goes on (sysexits' EX_TEMPFAIL). */
  public static final int RESUMABLE = 75;

  private ExitCode() {}
}
