package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** How the server is reached; options in the address go before what is said here. */
final class Server {
  private static final Driver DRIVER = new Driver();

  /**
   * Longer than any statement takes, such as looking for equal URLs in millions of rows: a server
   * that is silent for longer is gone.
   */
  private static final int LONGEST_SILENCE_SECONDS = 600;

  private final String url;
  private final Properties properties = new Properties();

  Server(String url, String username, String password, boolean readOnly) {
    this.url = url;
    if (!username.isEmpty()) {
      PGProperty.USER.set(properties, username);
    }
    if (!password.isEmpty()) {
      PGProperty.PASSWORD.set(properties, password);
    }
    PGProperty.APPLICATION_NAME.set(properties, "facedrop");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.SOCKET_TIMEOUT.set(properties, LONGEST_SILENCE_SECONDS);
    if (readOnly) {
      // Of transactions only: a session that is set so, a pooler would lend to others.
      PGProperty.READ_ONLY.set(properties, true);
    }
  }

  Connection connect() throws SQLException {
    return DRIVER.connect(url, properties);
  }

  /** The same for a library that asks for it. */
  DataSource asSource() {
    return new ServerSource(this);
  }
}
