package io.facedrop.ledger;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.read.Batches;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What became of manifests that were fetched from another system, and how it stands with that. */
public final class Deliveries {
  private final Ledger ledger;
  private final Writer writer;
  private final Connection writing;

  Deliveries(Ledger ledger, Writer writer, Connection writing) {
    this.ledger = ledger;
    this.writer = writer;
    this.writing = writing;
  }

  /** What tells this ledger's claims from those of any other: eight hexadecimal digits. */
  public String owner() {
    String sql =
        """
        select id
          from identity
        """;
    return ledger
        .reads()
        .read(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql);
                  ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
              }
            });
  }

  /** Whether a manifest that lay here was accepted or rejected. */
  public boolean known(Path source) {
    return ledger.accepted(source) || rejected(source).isPresent();
  }

  /** The batch that a manifest which lay here has become. */
  public Optional<Batch> batchOf(Path source) {
    return ledger.reads().read(connection -> new Batches(connection).bySource(source));
  }

  /** The name under which the manifest that lay here was set aside. */
  public Optional<String> rejected(Path source) {
    String sql =
        """
        select kept_as
          from rejection
         where source = ? /* source */
        """;
    return ledger
        .reads()
        .read(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql);
                  ResultSet row = Bound.to(statement).text(source.toString()).query()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
              }
            });
  }

  /** Remembers that the manifest that lies here was set aside, before it is removed. */
  public void reject(Path source, String keptAs) {
    String sql =
        """
        insert into rejection
               (source, kept_as, rejected_at)
        values (? /* source */, ? /* kept as */, ? /* now */)
        on conflict (source) do nothing
        """;
    write(sql, source.toString(), keptAs, ledger.clock().millis());
  }

  /**
   * Notes how it stands with a place from now on.
   *
   * @param trouble empty when all is well
   */
  public void link(String place, String trouble) {
    String sql =
        """
        insert into link
               (place, message, since, up)
        values (? /* place */, ? /* trouble */, ? /* now */, ? /* up */)
        on conflict (place) do update
           set since = case when link.up = excluded.up then link.since else excluded.since end,
               up = excluded.up,
               message = excluded.message
        """;
    write(sql, place, trouble, ledger.clock().millis(), trouble.isEmpty() ? 1 : 0);
  }

  private void write(String sql, Object... binds) {
    writer.write(() -> changed(sql, binds));
  }

  private int changed(String sql, Object... binds) throws SQLException {
    try (PreparedStatement statement = writing.prepareStatement(sql)) {
      for (int i = 0; i < binds.length; i++) {
        statement.setObject(i + 1, binds[i]);
      }
      return statement.executeUpdate();
    }
  }
}
