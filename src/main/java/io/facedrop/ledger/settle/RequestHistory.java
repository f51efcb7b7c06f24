package io.facedrop.ledger.settle;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.RowState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps the requests that did not simply succeed. Those that did are known without it: a row that
 * took no others had one create, and one query that found the faces.
 */
final class RequestHistory {
  /** Of one row; the newest of more takes the last place. */
  static final int MOST = 20;

  private static final int OK = 200;

  private final Prepared keep;
  private final long node;

  /**
   * @param node that sends
   */
  RequestHistory(Connection connection, long node) throws SQLException {
    this.node = node;
    keep =
        new Prepared(
            connection,
            """
            insert into request
                   (row_id, number, sent_at, kind, code, http_status, millis, node, message, state,
                    reason)
            values (? /* row */, ? /* number */, ? /* sent */, ? /* kind */, ? /* code */,
                    ? /* HTTP status */, ? /* millis */, ? /* node */, ? /* message */,
                    ? /* state */, ? /* reason */)
            on conflict (row_id, number) do update
               set sent_at = excluded.sent_at,
                   kind = excluded.kind,
                   code = excluded.code,
                   http_status = excluded.http_status,
                   millis = excluded.millis,
                   node = excluded.node,
                   message = excluded.message,
                   state = excluded.state,
                   reason = excluded.reason
            """);
  }

  void add(List<Transition> settled) throws SQLException {
    List<Transition> kept = settled.stream().filter(RequestHistory::isKept).toList();
    if (kept.isEmpty()) {
      return;
    }
    keep.clearAdded();
    for (Transition transition : kept) {
      add(transition);
    }
    keep.runAdded();
  }

  private static boolean isKept(Transition transition) {
    return transition.request() != null
        && transition.state() != RowState.SUCCEEDED
        && !isCreated(transition);
  }

  private static boolean isCreated(Transition transition) {
    Integer code = transition.answered().code();
    return transition.state() == RowState.SUBMITTED
        && transition.request().kind() == RequestKind.CREATE
        && code != null
        && code == OK;
  }

  private void add(Transition transition) throws SQLException {
    Answered answered = transition.answered();
    Bound.to(keep)
        .number(transition.row())
        .number(Math.min(transition.counters().requests(), MOST))
        .number(transition.request().sentAt())
        .text(transition.request().kind().name())
        .number(answered.code())
        .number(answered.httpStatus())
        .number(transition.request().millis())
        .number(node)
        .text(answered.message() == null ? "" : answered.message())
        .text(transition.state().word())
        .text(transition.ending().reason() == null ? null : transition.ending().reason().name())
        .add();
  }
}
