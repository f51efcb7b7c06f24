package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which is in the jar and must be a file while it is loaded, and no
 * longer. It is unpacked into a folder of its own: in the temporary folder, or beside the ledger
 * where that one is missing, or holds no programs (mounted {@code noexec}).
 */
public final class NativeLibrary {
  private static final String TEMPORARY = "java.io.tmpdir";

  /** Where sqlite-jdbc unpacks it; whoever has set it knows better. */
  private static final String UNPACKED = "org.sqlite.tmpdir";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it, the first time.
   *
   * @param ledger the folder of the ledger
   * @throws LedgerException when it can be loaded from no folder
   */
  public static synchronized void load(Path ledger) {
    if (loaded || System.getProperty(UNPACKED) != null) {
      return;
    }
    List<String> faults = new ArrayList<>();
    for (Path folder : List.of(Path.of(System.getProperty(TEMPORARY)), ledger)) {
      if (!loaded) {
        loadFrom(folder, faults);
      }
    }
    if (!loaded) {
      throw new LedgerException(
          "SQLite's library for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " can be loaded neither from "
              + String.join(" nor from ", faults)
              + "; set -D"
              + UNPACKED
              + " to a folder that can be written and is not mounted noexec");
    }
  }

  private static void loadFrom(Path folder, List<String> faults) {
    Path own = null;
    try {
      own = Files.createTempDirectory(folder, ".facedrop-sqlite-");
      System.setProperty(UNPACKED, own.toString());
      loaded = SQLiteJDBCLoader.initialize();
    } catch (IOException e) {
      faults.add(folder + " (cannot be written: " + Cause.of(e) + ")");
    } catch (Exception e) {
      faults.add(folder + " (holds no programs; mounted noexec?)");
    } finally {
      System.clearProperty(UNPACKED);
      remove(own);
    }
  }

  /** Where files in use cannot be deleted, the JVM tries again at its end. */
  private static void remove(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException inUse) {
      folder.toFile().deleteOnExit();
    }
  }
}
