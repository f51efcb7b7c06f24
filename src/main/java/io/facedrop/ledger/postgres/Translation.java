package io.facedrop.ledger.postgres;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Says in PostgreSQL's words what the rooms say in SQLite's; there is little. */
final class Translation {
  /** SQLite's planner is told which index to take; PostgreSQL's goes by statistics. */
  private static final Pattern INDEX = Pattern.compile("\\s+indexed by \\w+");

  /** A list of numbers is one parameter, such as {@code [1,2,3]}. */
  private static final Pattern NUMBERS = Pattern.compile("from json_each\\(\\?\\)");

  private static final String UNNESTED =
      "from unnest(cast(translate(?, '[]', '{}') as bigint[])) as given (value)";

  /** SQLite's integers have 64 bits. */
  private static final Pattern INTEGER = Pattern.compile("\\binteger\\b");

  /**
   * A few rows are wanted, and whether each is left out is looked up in an index. PostgreSQL would
   * rather join with all of the other table, unless an offset keeps it from that.
   */
  private static final Pattern LOOKUP =
      Pattern.compile("(not exists \\(select 1 from \\w+ \\w where \\w\\.\\w+ = \\w\\.\\w+)\\)");

  /** The texts of statements are few: they hold no values. */
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private Translation() {}

  static String of(String sql) {
    return KNOWN.computeIfAbsent(sql, Translation::translated);
  }

  private static String translated(String sql) {
    String text = INDEX.matcher(sql).replaceAll("");
    text = NUMBERS.matcher(text).replaceAll(UNNESTED);
    text = LOOKUP.matcher(text).replaceAll("$1 offset 0)");
    return INTEGER.matcher(text).replaceAll("bigint");
  }
}
