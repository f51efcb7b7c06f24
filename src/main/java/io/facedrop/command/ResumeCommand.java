package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens a paused or halted gate, or lets a held batch go on. */
@Command(
    name = "resume",
    description =
        "Open a paused or halted gate at once, or release a held batch. Works while serve runs.")
public final class ResumeCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "BATCH",
      description = "A held batch. Without it, resume opens the gate. " + Arguments.BATCH)
  private String id;

  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    try (Ledger ledger = Session.beside(settings)) {
      if (id == null) {
        openGate(ledger);
      } else {
        System.out.println(release(ledger, Session.batch(ledger, id)));
      }
      return ExitCode.OK;
    }
  }

  private static void openGate(Ledger ledger) {
    System.out.println(
        ledger.orders().resume() == 0
            ? "The gate was open already."
            : "The gate is open; a running serve or run goes on within a second.");
    ledger.openBatches().stream()
        .filter(Batch::held)
        .forEach(batch -> System.out.println("Still, " + batch.holdNews() + "."));
  }

  private static String release(Ledger ledger, Batch batch) {
    if (ledger.orders().release(batch)) {
      return "Batch "
          + batch.id()
          + " is released"
          + (batch.hold().reason() == null ? "" : ": its failing rows no longer hold it")
          + ". A running serve or run that works on it goes on within seconds; else start one.";
    }
    return "Batch " + batch.id() + why(batch) + "; nothing changes.";
  }

  private static String why(Batch batch) {
    if (batch.complete()) {
      return " is complete already";
    }
    return batch.cancelledAt() == null ? " is not held" : " was cancelled";
  }
}
