package io.facedrop.ledger;

import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.sqlite.LedgerLock;
import java.nio.file.Path;

/**
 * A process of its own that takes the lock of a ledger, says so and keeps it until it is killed; or
 * asks all the time who has it.
 */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[1].equals("ask")) {
      System.out.println("asking");
      while (true) {
        LedgerLock.holder(Path.of(arguments[0]));
      }
    }
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
