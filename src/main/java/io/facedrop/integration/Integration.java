package io.facedrop.integration;

import io.facedrop.api.Answer;
import io.facedrop.api.AnswerReader;
import io.facedrop.api.ApiClient;
import io.facedrop.api.ApiHeaders;
import io.facedrop.api.Backoff;
import io.facedrop.api.Gate;
import io.facedrop.api.GateLimits;
import io.facedrop.config.Settings;
import io.facedrop.intake.ChecksumFiles;
import io.facedrop.intake.ClaimedFiles;
import io.facedrop.intake.DoneFiles;
import io.facedrop.intake.DroppedFiles;
import io.facedrop.intake.Intake;
import io.facedrop.intake.SettledDroppedFiles;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.PollSchedule;
import io.facedrop.ledger.SettlementRules;
import io.facedrop.ledger.component.Breakdown;
import io.facedrop.publish.OutputRenderer;
import io.facedrop.sftp.SftpOutputFaults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Camel context: the routes and the beans that they name. */
public final class Integration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Integration.class);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final int FINGERPRINT_LENGTH = 16;

  private final Main main = new Main();
  private final ApiClient client;
  private final Gate gate;
  private final Intake intake;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

  private Integration(Settings settings, Ledger ledger, Set<Routes.Flow> flows) {
    Clock clock = ledger.clock();
    Settings.Api api = settings.api();
    Backoff backoff = new Backoff(settings.retry().initialDelay(), settings.retry().maxDelay());
    client = ApiAccess.client(api);
    gate =
        new Gate(
            new GateLimits(
                api.rate().intervalNanos(),
                api.concurrency(),
                settings.gate().tripAfter(),
                settings.gate().probeInterval(),
                settings.gate().maxPause(),
                backoff),
            ledger.gateStore(authority(api)),
            this::balance,
            clock);
    client.depart(gate::depart);
    intake = new Intake(ledger, settings, clock);
    main.bind("breakdown", (Breakdown) (thread, failure) -> broken.complete(failure));
    main.bind("ledgerStore", ledger);
    main.bind("gate", gate);
    main.bind("settlementRules", rules(settings));
    bindApi(main, api, client);
    main.bind("intake", intake);
    main.bind("claimedFiles", new ClaimedFiles(ledger));
    DoneFiles doneFiles = new DoneFiles(settings.inbox().directory(), settings.inbox().doneFile());
    ChecksumFiles checksumFiles = new ChecksumFiles(settings.inbox().directory());
    if (flows.contains(Routes.Flow.PICK_UP)) {
      doneFiles.removeStale();
      checksumFiles.removeStale();
    }
    main.bind("checksumFiles", checksumFiles);
    main.bind(
        "droppedFiles",
        new DroppedFiles(
            settings.inbox().directory(),
            settings.inbox().checksumNeeded(),
            !settings.inbox().doneFile().isEmpty()));
    main.bind("doneFiles", doneFiles);
    main.bind(
        "settledFiles",
        new SettledDroppedFiles(settings.inbox().doneFile().isEmpty() ? QUIET : Duration.ZERO));
    main.bind(
        "outputRenderer",
        new OutputRenderer(
            ledger,
            clock,
            settings.inbox().directory(),
            settings.outputs(),
            settings.report().contactSheet()));
    main.bind("outputFaults", new SftpOutputFaults());
    if (settings.sftp().pickedUp()) {
      SftpFolder.bind(main, settings, ledger.deliveries());
    }
    MainSetup.apply(main, settings, client, flows);
  }

  /** Starts every flow that these settings need. */
  public static Integration serve(Settings settings, Ledger ledger) {
    Set<Routes.Flow> flows = EnumSet.allOf(Routes.Flow.class);
    if (!settings.sftp().pickedUp()) {
      flows.remove(Routes.Flow.PICK_UP_SFTP);
    }
    return start(settings, ledger, flows);
  }

  /** Starts every flow but those that look for new manifests. */
  public static Integration run(Settings settings, Ledger ledger) {
    return start(
        settings,
        ledger,
        EnumSet.complementOf(EnumSet.of(Routes.Flow.PICK_UP, Routes.Flow.PICK_UP_SFTP)));
  }

  private static Integration start(Settings settings, Ledger ledger, Set<Routes.Flow> flows) {
    Integration integration = new Integration(settings, ledger, flows);
    start(integration.main);
    return integration;
  }

  /** How rows go on under these settings. */
  public static SettlementRules rules(Settings settings) {
    return new SettlementRules(
        settings.retry().maxAttempts(),
        new Backoff(settings.retry().initialDelay(), settings.retry().maxDelay()),
        settings.inDoubt() == Settings.InDoubt.RESUBMIT,
        new PollSchedule(
            settings.faces().pollAges(),
            settings.faces().pollInterval(),
            settings.faces().deadline()));
  }

  /** Told once if a thread of ours cannot go on, so that the process must end. */
  public void whenBroken(Runnable told) {
    broken.thenRun(told);
  }

  /** Whether a thread of ours could not go on. */
  public boolean isBroken() {
    return broken.isDone();
  }

  public Gate gate() {
    return gate;
  }

  public Intake intake() {
    return intake;
  }

  /**
   * Sends a file through the accept-manifest route.
   *
   * @return the exchange when the route is through; its variable {@code batch} holds the batch,
   *     unless the manifest was set aside
   */
  public Exchange accept(Path file) {
    return main.getCamelContext()
        .createProducerTemplate()
        .send(
            "direct:accept-manifest",
            exchange -> exchange.getMessage().setBody(file.toAbsolutePath().toFile()));
  }

  /** Asks the API for the account, without a ledger; null when it cannot be reached. */
  public static Answer account(Settings settings) {
    Main main = new Main();
    try (ApiClient client = ApiAccess.client(settings.api())) {
      bindApi(main, settings.api(), client);
      MainSetup.apply(main, settings, client, Set.of(Routes.Flow.BALANCE));
      start(main);
      return account(main);
    } finally {
      main.stop();
    }
  }

  private static Answer account(Main main) {
    Exchange exchange =
        main.getCamelContext().createProducerTemplate().send("direct:read-balance", request -> {});
    if (exchange.getException() != null) {
      LOG.warn("the balance could not be read: {}", exchange.getException().toString());
      return null;
    }
    return exchange.getVariable(AnswerReader.ANSWER, Answer.class);
  }

  @Override
  public void close() {
    gate.close();
    client.giveUpQuestions();
    main.stop();
    client.close();
    gate.end();
  }

  /**
   * An answer in which the API itself does not speak is none. One that does not say how much is
   * left counts as something: a canary will tell.
   */
  private OptionalDouble balance() {
    Answer answer = account(main);
    if (answer == null || answer.bodyCode() == null || !answer.isKnown()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        answer.code() == Answer.OK ? answer.data().path("balance").asDouble(1) : 0);
  }

  private static void bindApi(Main main, Settings.Api api, ApiClient client) {
    main.bind("apiClient", client);
    main.bind("apiHeaders", new ApiHeaders());
    main.bind("answerReader", new AnswerReader(api.key()));
  }

  private static void start(Main main) {
    try {
      main.start();
    } catch (Exception e) {
      throw new RoutesException("the routes could not be started: " + words(e), e);
    }
  }

  /** The failure and what is behind it, a line each. */
  private static String words(Throwable failure) {
    StringBuilder words = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && words.indexOf(cause.getMessage()) < 0) {
        words.append(System.lineSeparator()).append("  ").append(cause.getMessage());
      }
    }
    return words.toString();
  }

  /** Address and fingerprint of the key: what a gate is kept under. */
  private static String authority(Settings.Api api) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("facedrop " + api.key()).getBytes(StandardCharsets.UTF_8));
      return api.address()
          + " key "
          + HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
