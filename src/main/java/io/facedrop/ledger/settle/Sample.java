package io.facedrop.ledger.settle;

import io.facedrop.ledger.model.Reason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The first rows of a batch that the API has answered, and their outcomes. */
public final class Sample {
  /** The outcome of a row that is neither open nor dead. */
  public static final String SUCCEEDED = "SUCCEEDED";

  private final int wanted;
  private final Map<Long, String> rows = new HashMap<>();
  private final Map<Reason, Integer> dead = new EnumMap<>(Reason.class);
  private int open;

  /**
   * @param wanted how many rows are looked at
   */
  public Sample(int wanted) {
    this.wanted = wanted;
  }

  public int size() {
    return rows.size();
  }

  public boolean holds(long row) {
    return rows.containsKey(row);
  }

  public boolean isFull() {
    return rows.size() >= wanted;
  }

  /**
   * Takes a row in, or what has become of it since.
   *
   * @param cameTo null while it is open, {@link #SUCCEEDED}, or a reason
   */
  public void put(long row, String cameTo) {
    boolean known = rows.containsKey(row);
    count(rows.put(row, cameTo), known ? -1 : 0);
    count(cameTo, 1);
  }

  private void count(String cameTo, int more) {
    if (cameTo == null) {
      open += more;
    } else if (!cameTo.equals(SUCCEEDED) && !Reason.valueOf(cameTo).isOfTheApi()) {
      dead.merge(Reason.valueOf(cameTo), more, Integer::sum);
    }
  }

  /** The reason that more than half of what is wanted have died of; null for none. */
  public Reason majority() {
    return dead.entrySet().stream()
        .filter(entry -> isMajority(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  public int dead(Reason reason) {
    return dead.getOrDefault(reason, 0);
  }

  /** Whether no reason can reach a majority any more. */
  public boolean isGood() {
    int most = dead.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int undecided = open + Math.max(0, wanted - rows.size());
    return !isMajority(most + undecided);
  }

  private boolean isMajority(int rowsOfOneReason) {
    // The bound may have been lowered since the sample was begun.
    return 2 * rowsOfOneReason > Math.max(wanted, rows.size());
  }
}
