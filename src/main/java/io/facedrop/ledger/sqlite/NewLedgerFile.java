package io.facedrop.ledger.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the file of a ledger: all of it, or none. */
final class NewLedgerFile {
  /** The end of the name of SQLite's write-ahead log, beside the file. */
  static final String LOG = "-wal";

  private static final String JOURNAL = "-journal";
  private static final String SCHEMA = "migration/V1__ledger.sql";

  private NewLedgerFile() {}

  /**
   * Makes it under another name until all of it is there: a kill leaves no half of a ledger.
   *
   * @param source of connections to a file, without a write-ahead log: on a full disk that is not
   *     written into the file when the last connection ends, and SQLite does not say so
   */
  static void make(Path file, Function<Path, DataSource> source) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".new");
    Files.createDirectories(file.getParent());
    NativeLibrary.load(file.getParent());
    Files.deleteIfExists(unfinished);
    removeLogs(unfinished);
    Flyway.configure()
        .dataSource(source.apply(unfinished))
        .locations("classpath:io/facedrop/ledger/sqlite/migration")
        .placeholders(Map.of("schema", String.valueOf(fingerprint())))
        .loggers("slf4j")
        .load()
        .migrate();
    setLogsAside(file);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * What a kill left of a ledger that was moved away would be written into the new one. It may hold
   * the last commits of the other, so it is kept.
   */
  private static void setLogsAside(Path file) throws IOException {
    for (String suffix : List.of(LOG, JOURNAL)) {
      Path log = beside(file, suffix);
      if (Files.exists(log)) {
        Files.move(
            log, beside(file, suffix + ".left-" + Files.getLastModifiedTime(log).toMillis()));
      }
    }
    removeLogs(file);
  }

  private static void removeLogs(Path database) throws IOException {
    for (String suffix : List.of(LOG, JOURNAL, "-shm")) {
      Files.deleteIfExists(beside(database, suffix));
    }
  }

  static Path beside(Path database, String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  /** What tells one schema from another. */
  static long fingerprint() throws IOException {
    try (InputStream script = NewLedgerFile.class.getResourceAsStream(SCHEMA)) {
      CRC32 crc = new CRC32();
      crc.update(script.readAllBytes());
      return crc.getValue() >>> 1;
    }
  }
}
