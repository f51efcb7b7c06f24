package io.facedrop.sandbox;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Who may ask and what is left to pay with. */
final class Credits {
  /** What the balance says where credits are without limit: more than any manifest needs. */
  static final long UNLIMITED_BALANCE = 1_000_000_000L;

  private static final long UNLIMITED = -1;

  private final AtomicLong credits;
  private volatile Set<String> keys;

  Credits(SandboxOptions options) {
    credits = new AtomicLong(options.credits().orElse(UNLIMITED));
    keys = options.acceptedKeys();
  }

  boolean admits(String key) {
    Set<String> accepted = keys;
    return key != null && !key.isBlank() && (accepted.isEmpty() || accepted.contains(key));
  }

  void accept(Set<String> accepted) {
    keys = Set.copyOf(accepted);
  }

  void credit(long balance) {
    if (balance < 0) {
      throw new IllegalArgumentException("credits cannot be negative but is " + balance);
    }
    credits.set(balance);
  }

  boolean isEmpty() {
    return credits.get() == 0;
  }

  /** Takes a credit, or says that none is left. */
  boolean pay() {
    return credits.getAndUpdate(left -> left > 0 ? left - 1 : left) != 0;
  }

  long balance() {
    long left = credits.get();
    return left == UNLIMITED ? UNLIMITED_BALANCE : left;
  }
}
