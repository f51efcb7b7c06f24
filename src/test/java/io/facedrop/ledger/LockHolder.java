package io.facedrop.ledger;

import java.nio.file.Path;

/**
 * A process of its own that takes the lock of a ledger, says so and keeps it until it is killed.
 */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    try {
      LedgerLock.take(Path.of(arguments[0]));
    } catch (LedgerInUseException e) {
      System.out.println(e.getMessage());
      System.exit(2);
    }
    System.out.println("taken");
    System.in.read();
  }
}
