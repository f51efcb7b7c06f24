package io.facedrop.routes;

import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.Gate;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.files.Tree;
import io.facedrop.integration.Beans;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.PreparedLedger;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.util.function.ThrowingConsumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route files as they are, with the real beans, over a ledger and folders of their own. */
abstract class RouteTest extends CamelTestSupport {
  private static final Logger LOG = LoggerFactory.getLogger(RouteTest.class);
  static final String KEY = "key-of-the-test";
  private static final int CONCURRENCY = 4;

  /** Files that a flow leads to. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "detect-faces", "branch-on-other-codes",
          "collect-faces", "branch-on-other-codes");

  @TempDir Path home;

  Ledger ledger;
  PreparedLedger prepared;
  Sandbox sandbox;
  Gate gate;
  private Beans beans;
  private Settings settings;

  /** Names of the route files under test, besides errors. */
  abstract List<String> flows();

  SandboxOptions sandboxOptions() {
    return SandboxOptions.defaults();
  }

  /** Properties that differ from those of every route test. */
  Map<String, String> properties() {
    return Map.of();
  }

  /** How long a dropped file must not have changed. */
  Duration quiet() {
    return Duration.ofMillis(200);
  }

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @Override
  protected void setupResources() throws Exception {
    sandbox = Sandbox.start(sandboxOptions().withRecord(true));
    settings = SettingsReader.readWithKey(overrides());
    ledger = Ledger.open(settings.ledgerUrl(), Clock.systemUTC());
    prepared = new PreparedLedger(ledger);
    Properties placeholders = new Properties();
    placeholders.putAll(settings.properties());
    if (settings.inbox().doneFile().isEmpty()) {
      placeholders.remove("facedrop.inbox.done-file");
    }
    camelContextConfiguration
        .withUseOverridePropertiesWithPropertiesComponent(placeholders)
        .withShutdownTimeout(5);
  }

  @Override
  protected void cleanupResources() {
    context.stop();
    beans.close();
    ledger.close();
    sandbox.close();
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("facedrop.api.base-url", sandbox.baseUri().toString());
    overrides.put("facedrop.api.key", KEY);
    overrides.put("facedrop.api.rate", "unlimited");
    overrides.put("facedrop.api.concurrency", Integer.toString(CONCURRENCY));
    overrides.put("facedrop.api.response-timeout", "2s");
    overrides.put("facedrop.retry.max-attempts", "2");
    overrides.put("facedrop.retry.initial-delay", "20ms");
    overrides.put("facedrop.gate.trip-after", "100");
    overrides.put("facedrop.faces.await", "false");
    overrides.put("facedrop.publish.interval", "200ms");
    overrides.put("facedrop.inbox", home.resolve("inbox").toString());
    for (String output : List.of("success", "dead-letter", "report", "rejected", "archive")) {
      overrides.put("facedrop." + output + ".uri", "file:" + home.resolve(output));
    }
    overrides.put("facedrop.ledger.url", "jdbc:sqlite:" + home.resolve("ledger.db"));
    overrides.putAll(properties());
    return overrides;
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.setStreamCaching(false);
    camel.setLoadTypeConverters(false);
    return camel;
  }

  /** The files of the flows under test, as {@code serve} reads them. */
  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    List<Resource> files =
        Stream.concat(flows().stream(), Stream.of("errors"))
            .flatMap(flow -> Stream.of(flow, OTHERS.getOrDefault(flow, flow)).distinct())
            .distinct()
            .map(flow -> "file:routes/" + flow + ".camel.yaml")
            .map(file -> ResourceHelper.resolveResource(context, file))
            .toList();
    return PluginHelper.getRoutesLoader(context)
        .findRoutesBuilders(files)
        .toArray(RoutesBuilder[]::new);
  }

  @Override
  protected void bindToRegistry(Registry registry) {
    beans =
        new Beans(
            settings,
            ledger,
            () -> OptionalDouble.of(1),
            quiet(),
            (thread, failure) -> LOG.error("{} cannot go on", thread, failure));
    gate = beans.gate();
    beans.bind(context);
  }

  /** Changes a route before it starts. */
  void weave(String route, ThrowingConsumer<AdviceWithRouteBuilder, Exception> change)
      throws Exception {
    AdviceWith.adviceWith(context, route, false, change);
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
  }

  /** Drops a file as a careful sender does: all of it at once. */
  Path drop(String name, String content) throws IOException {
    return PreparedLedger.manifest(home.resolve("inbox").resolve(name), content);
  }

  /** Where a batch's manifest lies. */
  Path inbox(Batch batch) {
    return home.resolve("inbox").resolve(batch.source());
  }

  Batch onlyBatch() {
    soon().until(() -> ledger.newestBatches(10).size() == 1);
    return ledger.newestBatches(10).get(0);
  }

  void awaitComplete(int batches) {
    soon()
        .until(
            () ->
                ledger.newestBatches(100).size() == batches
                    && ledger.newestBatches(100).stream().allMatch(Batch::complete));
  }

  /** Names of all regular files below a folder, relative to it and sorted. */
  List<String> files(String folder) {
    Path root = home.resolve(folder);
    // In an output one whose name begins with a dot is still being written.
    boolean whole = !folder.startsWith("inbox");
    return (whole ? Tree.wholeFiles(root) : Tree.files(root))
        .stream().map(file -> root.relativize(file).toString()).toList();
  }

  /** Everything below a folder but itself, directories too. */
  List<String> entries(String folder) throws IOException {
    Path root = home.resolve(folder);
    try (Stream<Path> all = Files.walk(root)) {
      return all.skip(1).map(file -> root.relativize(file).toString()).sorted().toList();
    }
  }

  /** The first column of a query, read past our own code. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  /** Whether this process holds a file open, where the system can tell. */
  static boolean heldOpen(String nameEnd) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return false;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.anyMatch(
          link -> {
            try {
              return Files.readSymbolicLink(link).toString().endsWith(nameEnd);
            } catch (IOException gone) {
              return false;
            }
          });
    }
  }
}
