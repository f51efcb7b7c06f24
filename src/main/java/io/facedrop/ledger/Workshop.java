package io.facedrop.ledger;

import io.facedrop.ledger.claim.Agenda;
import io.facedrop.ledger.claim.OpenTasks;
import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.settle.Transitions;
import io.facedrop.ledger.settle.Trials;
import java.sql.Connection;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the rooms of one ledger share.
 *
 * @param writing the writer's own connection, for its thread
 * @param agenda when there is something to claim
 * @param beside the same ledger, for a process that may no longer work on it
 * @param settled raised when something may have to be published
 */
record Workshop(
    LedgerReader reader,
    Writer writer,
    Connection writing,
    Clock clock,
    Membership membership,
    Transitions transitions,
    OpenTasks openTasks,
    Trials trials,
    Agenda agenda,
    WorkSignal settled,
    Supplier<Ledger> beside) {

  void commit(Writer.Change change) {
    writer.write(change.work());
  }
}
