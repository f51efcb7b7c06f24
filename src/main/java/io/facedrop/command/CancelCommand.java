package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a batch early. */
@Command(
    name = "cancel",
    description = "End a batch early: rows that were not sent become dead letters CANCELLED.")
public final class CancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BATCH", description = Arguments.BATCH)
  private String id;

  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    try (Ledger ledger = Session.beside(settings)) {
      Batch batch = Session.batch(ledger, id);
      if (batch.complete()) {
        System.out.println("Batch " + batch.id() + " is complete already; nothing changes.");
        return ExitCode.OK;
      }
      ledger.orders().cancel(batch);
      Batch after = ledger.batch(batch.number()).orElseThrow();
      if (after.cancelledAt() == null) {
        System.out.println(
            "Batch "
                + batch.id()
                + " has no row left to cancel and is about to be published; nothing changes.");
        return ExitCode.OK;
      }
      System.out.printf(
          Locale.ROOT,
          "Batch %s is cancelled: %s.%s%n",
          after.id(),
          after.sum(),
          after.open() == 0 ? "" : " What is paid for or on the way goes on to its end.");
      System.out.println(
          Session.place(settings)
              .worker()
              .map(process -> "Its outputs are published by process " + process + ".")
              .orElse("Nobody works on it: serve, or run of its manifest, publishes its outputs."));
      return ExitCode.OK;
    }
  }
}
