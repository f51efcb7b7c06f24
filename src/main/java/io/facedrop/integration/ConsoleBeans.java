package io.facedrop.integration;

import io.facedrop.api.client.ApiClient;
import io.facedrop.api.gate.Gate;
import io.facedrop.config.Settings;
import io.facedrop.console.ConsoleHeaders;
import io.facedrop.console.Health;
import io.facedrop.console.metric.BuildMetrics;
import io.facedrop.console.metric.DiskMetrics;
import io.facedrop.console.metric.GateMetrics;
import io.facedrop.console.metric.LedgerMetrics;
import io.facedrop.console.metric.Metrics;
import io.facedrop.console.metric.RequestMetrics;
import io.facedrop.console.metric.RowMetrics;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerPlace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What the routes of the console name. */
final class ConsoleBeans {
  private ConsoleBeans() {}

  /**
   * Makes them; from now on requests are counted.
   *
   * @param broken whether a thread of ours could not go on
   */
  static List<Object> of(
      Settings settings, Ledger ledger, Gate gate, ApiClient client, BooleanSupplier broken) {
    RequestMetrics requests = new RequestMetrics();
    Metrics metrics =
        new Metrics(
            new LedgerMetrics(ledger, settings.sftp().uri(), System::nanoTime),
            List.of(
                requests,
                new RowMetrics(ledger.vitals()),
                new GateMetrics(gate::state, ledger.clock()),
                new DiskMetrics(places(settings)),
                BuildMetrics.of(settings.ledger().node())));
    client.tell(requests);
    return List.of(new ConsoleHeaders(), metrics, new Health(ledger, broken, System::nanoTime));
  }

  private static Map<String, Path> places(Settings settings) {
    Map<String, Path> places = new LinkedHashMap<>();
    new LedgerPlace(settings.ledger().url()).file().ifPresent(file -> places.put("ledger", file));
    add(places, "success", settings.outputs().success());
    add(places, "dead-letter", settings.outputs().deadLetter());
    add(places, "report", settings.outputs().report());
    return places;
  }

  private static void add(Map<String, Path> places, String output, String uri) {
    if (uri.startsWith("file:")) {
      places.put(output, Path.of(Settings.Outputs.directory(uri)));
    }
  }
}
