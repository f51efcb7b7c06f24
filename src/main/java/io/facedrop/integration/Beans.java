package io.facedrop.integration;

import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.client.ApiClient;
import io.facedrop.api.client.ApiEndpoints;
import io.facedrop.api.client.ApiHeaders;
import io.facedrop.api.gate.Gate;
import io.facedrop.clock.Reminders;
import io.facedrop.config.EventSecrets;
import io.facedrop.config.Settings;
import io.facedrop.event.EventFaults;
import io.facedrop.event.EventMessage;
import io.facedrop.event.WebhookManners;
import io.facedrop.intake.ChecksumFiles;
import io.facedrop.intake.DoneFiles;
import io.facedrop.intake.DroppedFiles;
import io.facedrop.intake.Intake;
import io.facedrop.intake.PickUpFaults;
import io.facedrop.intake.PickUps;
import io.facedrop.intake.PickedUpFiles;
import io.facedrop.intake.StableDroppedFiles;
import io.facedrop.intake.UnarchivedManifests;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.Breakdown;
import io.facedrop.ledger.component.LedgerComponent;
import io.facedrop.operator.Uploads;
import io.facedrop.publish.OutputRenderer;
import io.facedrop.publish.file.RenamedFiles;
import io.facedrop.publish.file.UnfinishedFiles;
import io.facedrop.sftp.SftpLogin;
import io.facedrop.sftp.SftpOutputFaults;
import java.beans.Introspector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that routes name, and what the component {@code ledger} works with. This is the one
 * place where it is made and bound. A bean has the name of its class: {@code #droppedFiles} is a
 * {@link DroppedFiles}.
 */
public final class Beans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

  private final Settings settings;
  private final ApiClient client;
  private final Gate gate;
  private final Intake intake;
  private final LedgerComponent ledgerComponent;
  private final Map<String, Object> byName = new LinkedHashMap<>();

  /**
   * Creates the beans; they do nothing before they are bound.
   *
   * @param balance of the account in credits; empty when it is not known
   * @param quiet time for which a dropped file must not change
   * @param breakdown is called when a thread of the ledger has failed
   */
  public Beans(
      Settings settings,
      Ledger ledger,
      Supplier<OptionalDouble> balance,
      Duration quiet,
      Breakdown breakdown) {
    this.settings = settings;
    Clock clock = ledger.clock();
    client = ApiAccess.client(settings.api());
    gate = Workings.gate(settings, ledger, balance);
    client.depart(Workings.departures(gate, ledger, settings.api().responseTimeout()));
    intake = new Intake(ledger, settings, clock);
    ledgerComponent = component(settings, ledger, gate, breakdown);
    addApi(byName, settings.api(), client);
    addInbox(ledger, quiet);
    add(
        byName,
        new OutputRenderer(
            ledger,
            clock,
            settings.inbox().directory(),
            settings.outputs(),
            settings.report().contactSheet(),
            settings.worked()));
    add(byName, new SftpOutputFaults());
    add(byName, new EventMessage(settings.events().uri()));
    add(byName, new EventFaults(new EventSecrets(settings.events().uri())));
    if (settings.sftp().pickedUp()) {
      SftpBeans.of(settings, ledger).forEach(bean -> add(byName, bean));
    }
  }

  private static LedgerComponent component(
      Settings settings, Ledger ledger, Gate gate, Breakdown breakdown) {
    LedgerComponent component = new LedgerComponent();
    component.setLedger(ledger);
    component.setGate(gate);
    component.setRules(Workings.rules(settings, ledger));
    component.setBreakdown(breakdown);
    component.setConcurrency(settings.api().concurrency());
    component.setRetention(settings.retention());
    return component;
  }

  private void addInbox(Ledger ledger, Duration quiet) {
    Path inbox = settings.inbox().directory();
    boolean doneFiles = !settings.inbox().doneFile().isEmpty();
    add(byName, intake);
    add(
        byName,
        new DroppedFiles(inbox, settings.inbox().checksumNeeded(), settings.inbox().doneFile()));
    add(byName, new StableDroppedFiles(doneFiles ? Duration.ZERO : quiet));
    DoneFiles done = new DoneFiles(inbox, settings.inbox().doneFile());
    PickUps pickUps = new PickUps(ledger, done);
    add(byName, done);
    add(byName, new ChecksumFiles(inbox));
    add(byName, pickUps);
    add(byName, new PickUpFaults(inbox, pickUps));
    add(byName, new PickedUpFiles(ledger, pickUps));
    add(byName, new UnarchivedManifests(ledger));
  }

  private static void addApi(Map<String, Object> beans, Settings.Api api, ApiClient client) {
    add(beans, client);
    add(
        beans,
        new ApiHeaders(Reminders.<String>every(Duration.ofHours(1), System::nanoTime)::isDue));
    add(beans, new AnswerReader(api.key()));
  }

  private static void add(Map<String, Object> beans, Object bean) {
    beans.put(Introspector.decapitalize(bean.getClass().getSimpleName()), bean);
  }

  /** Every bean by the name under which routes find it. */
  public Map<String, Object> byName() {
    return byName;
  }

  public Gate gate() {
    return gate;
  }

  ApiClient client() {
    return client;
  }

  /** Adds what the routes of the console name; see {@link ConsoleBeans}. */
  public void addConsole(BooleanSupplier broken) {
    ConsoleBeans.of(settings, ledgerComponent.getLedger(), gate, client, broken)
        .forEach(bean -> add(byName, bean));
  }

  Intake intake() {
    return intake;
  }

  Ledger ledger() {
    return ledgerComponent.getLedger();
  }

  /** Has the ledger watch for what is expected. */
  void expect() {
    ledgerComponent.expect(settings.expectations());
  }

  /** Removes what a crash has left beside manifests that were picked up, and of uploads. */
  void removeStale() {
    Uploads.removeStale(settings, ledger());
    ((DoneFiles) byName.get("doneFiles")).removeStale();
    ((ChecksumFiles) byName.get("checksumFiles")).removeStale();
  }

  /** Gives a context all that its routes need, before they are read. */
  public void bind(CamelContext context) {
    byName.forEach(context.getRegistry()::bind);
    context.addComponent("ledger", ledgerComponent);
    bindOutputs(context, settings);
    Ledger ledger = ledgerComponent.getLedger();
    if (ledger.isShared()) {
      context
          .getCamelContextExtension()
          .registerEndpointCallback(new UnfinishedFiles(ledger.node()));
    }
    ApiEndpoints.register(context, client);
    context
        .getCamelContextExtension()
        .registerEndpointCallback(new WebhookManners(settings.events().uri()));
  }

  /** The same for routes that only ask the API. */
  static void bindApi(CamelContext context, Settings settings, ApiClient client) {
    Map<String, Object> beans = new LinkedHashMap<>();
    addApi(beans, settings.api(), client);
    beans.forEach(context.getRegistry()::bind);
    bindOutputs(context, settings);
    ApiEndpoints.register(context, client);
  }

  private static void bindOutputs(CamelContext context, Settings settings) {
    context
        .getCamelContextExtension()
        .registerEndpointCallback(new SftpLogin(settings.sftp().access()));
    context.getCamelContextExtension().registerEndpointCallback(new RenamedFiles());
  }

  @Override
  public void close() {
    byName.values().forEach(Beans::closeIt);
    client.close();
    gate.end();
  }

  private static void closeIt(Object bean) {
    if (bean instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.debug("{} could not be closed", bean, e);
      }
    }
  }
}
