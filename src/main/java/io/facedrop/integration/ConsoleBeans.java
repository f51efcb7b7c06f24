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
import io.facedrop.console.page.Actions;
import io.facedrop.console.page.BatchPage;
import io.facedrop.console.page.OverviewPage;
import io.facedrop.console.page.PageFiles;
import io.facedrop.console.page.PartDownload;
import io.facedrop.console.page.RedropPage;
import io.facedrop.console.page.Redrops;
import io.facedrop.console.page.RowPage;
import io.facedrop.console.page.UploadPage;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.operator.Redrop;
import io.facedrop.operator.Survey;
import io.facedrop.operator.Uploads;
import io.facedrop.operator.UrlSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What the routes of the console name. */
final class ConsoleBeans {
  private static final int MOST_BATCHES = 50;

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
            new LedgerMetrics(
                ledger, settings.sftp().uri(), settings.expectations(), System::nanoTime),
            List.of(
                requests,
                new RowMetrics(ledger.vitals()),
                new GateMetrics(gate::state, ledger.clock()),
                new DiskMetrics(places(settings)),
                BuildMetrics.of(settings.ledger().node())));
    client.tell(requests);
    List<Object> beans = new ArrayList<>(pages(settings, ledger));
    beans.add(new ConsoleHeaders());
    beans.add(metrics);
    beans.add(new Health(ledger, broken, System::nanoTime));
    return beans;
  }

  /** They read by a connection of their own, so that nobody who works waits for them. */
  private static List<Object> pages(Settings settings, Ledger ledger) {
    LedgerReader reader = ledger.aside();
    Survey survey = new Survey(settings, reader, ledger.clock(), ledger.file());
    Redrop redrop = new Redrop(reader, settings.inbox().directory());
    Redrops redrops = new Redrops(reader, redrop);
    Uploads uploads = new Uploads(settings, ledger, reader);
    String worker = String.valueOf(ProcessHandle.current().pid());
    return List.of(
        reader,
        uploads,
        new UploadPage(uploads),
        new OverviewPage(
            () -> survey.overview(worker, MOST_BATCHES),
            reader,
            redrops,
            uploads,
            settings.manifests().limits().mostBytes()),
        new BatchPage(reader, batch -> survey.progress(batch, worker), redrops, ledger.clock()),
        new RowPage(reader, new UrlSearch(reader, System::nanoTime), settings.images().rule()),
        new RedropPage(reader, redrop),
        new Actions(ledger, redrop, uploads),
        new PartDownload(reader, settings.outputs().neutralised()),
        new PageFiles());
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
