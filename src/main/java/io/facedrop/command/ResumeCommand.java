package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Opens a paused or halted gate. */
@Command(
    name = "resume",
    description = "Open a paused or halted gate at once, also beside a running serve.")
public final class ResumeCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    try (Ledger ledger = Session.beside(settings)) {
      System.out.println(
          ledger.resume() == 0
              ? "The gate was open already."
              : "The gate is open; a running serve or run goes on within a second.");
      return ExitCode.OK;
    }
  }
}
