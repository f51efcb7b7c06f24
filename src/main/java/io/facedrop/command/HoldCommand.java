package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a batch until it is released. */
@Command(
    name = "hold",
    description =
        "Create no more tasks for a batch until resume or cancel. Its open tasks continue.")
public final class HoldCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BATCH", description = Arguments.BATCH)
  private String id;

  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    try (Ledger ledger = Session.beside(settings)) {
      Batch batch = Session.batch(ledger, id);
      boolean held = ledger.orders().hold(batch);
      System.out.println(
          held
              ? "Batch "
                  + batch.id()
                  + " is held. Requests on their way and tasks that are paid for go on to their"
                  + " end; facedrop resume "
                  + batch.id()
                  + " goes on with the rest, facedrop cancel "
                  + batch.id()
                  + " ends it."
              : "Batch " + batch.id() + why(batch) + "; nothing changes.");
      return ExitCode.OK;
    }
  }

  private static String why(Batch batch) {
    if (batch.complete()) {
      return " is complete already";
    }
    if (batch.cancelledAt() != null) {
      return " is cancelled already";
    }
    return batch.held() ? " is held already" : " has no row left to submit";
  }
}
