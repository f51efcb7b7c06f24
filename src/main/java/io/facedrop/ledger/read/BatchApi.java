package io.facedrop.ledger.read;

import io.facedrop.ledger.model.Batch;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which API a batch is of, as parts of a query. */
public final class BatchApi {
  /**
   * The address of the API of a batch {@code b}. It is empty for an address that has never created
   * a task: nothing was paid for there, and the operator will probably correct it.
   */
  public static final String ADDRESS =
      """
      case when exists (select 1
                                 from batch w indexed by batch_by_api
                                where w.worked = 1
                                  and w.api = b.api)
                  then b.api
                  else '' end""";

  /** Whether a sandbox worked a batch {@code b}, or would have: it did so for others there. */
  static final String SANDBOX =
      """
      b.sandbox = 1
                  or b.worked = 0
                     and exists (select 1
                                   from batch w indexed by batch_by_api
                                  where w.worked = 1
                                    and w.api = b.api
                                    and w.sandbox = 1)""";

  private BatchApi() {}

  /** Reads it from the columns {@code api}, {@code sandbox} and {@code elsewhere}. */
  static Batch.Api of(ResultSet row) throws SQLException {
    return new Batch.Api(
        row.getString("api"), row.getInt("sandbox") == 1, row.getInt("elsewhere") == 1);
  }
}
