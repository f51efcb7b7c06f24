package io.facedrop.bench;

/**
 * What a database server was used for.
 *
 * @param commits of all transactions, those that only read included
 * @param logBytes that were written to its log
 * @param logSyncs how often its log was made durable
 */
record DatabaseUse(double cpuSeconds, long commits, long logBytes, long logSyncs) {
  static final DatabaseUse NONE = new DatabaseUse(0, 0, 0, 0);

  DatabaseUse since(DatabaseUse before) {
    return new DatabaseUse(
        cpuSeconds - before.cpuSeconds,
        commits - before.commits,
        logBytes - before.logBytes,
        logSyncs - before.logSyncs);
  }
}
