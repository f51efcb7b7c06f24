package io.facedrop.integration;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.gate.Gate;
import io.facedrop.config.Settings;
import io.facedrop.console.ConsoleServer;
import io.facedrop.console.PortTakenException;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Link;
import io.facedrop.words.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Camel context: the routes and the beans that they name. */
public final class Integration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Integration.class);
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final long LOOK_MILLIS = 20;

  private final Main main = new Main();
  private final Beans beans;
  private final ConsoleServer console;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

  /**
   * @param console null for none
   */
  private Integration(
      Settings settings, Ledger ledger, Set<Routes.Flow> flows, ConsoleServer console) {
    this.console = console;
    beans =
        new Beans(
            settings, ledger, this::balance, QUIET, (thread, failure) -> broken.complete(failure));
    if (flows.contains(Routes.Flow.PICK_UP)) {
      beans.removeStale();
      beans.expect();
    }
    if (console != null) {
      beans.addConsole(this::isBroken);
    }
    MainSetup.apply(main, settings, Routes.pattern(flows), context -> bind(context, settings));
    main.addMainListener(new RouteChecks(LOG::warn));
  }

  private void bind(CamelContext context, Settings settings) {
    beans.bind(context);
    if (console != null) {
      console.bind(context, settings);
    }
  }

  /**
   * Starts every flow that these settings need.
   *
   * @throws PortTakenException when the console's port was chosen and is taken
   */
  public static Integration serve(Settings settings, Ledger ledger) {
    Set<Routes.Flow> flows = Routes.Flow.wanted(settings);
    ConsoleServer console = ConsoleServer.open(settings.console()).orElse(null);
    if (console == null) {
      flows.removeAll(Set.of(Routes.Flow.CONSOLE, Routes.Flow.OPERATOR_PAGE));
    }
    return start(settings, ledger, flows, console);
  }

  /** Starts every flow but those that look for new manifests. */
  public static Integration run(Settings settings, Ledger ledger) {
    Set<Routes.Flow> flows = Routes.Flow.wanted(settings);
    flows.removeAll(
        Set.of(
            Routes.Flow.PICK_UP,
            Routes.Flow.PICK_UP_SFTP,
            Routes.Flow.CONSOLE,
            Routes.Flow.OPERATOR_PAGE));
    return start(settings, ledger, flows, null);
  }

  private static Integration start(
      Settings settings, Ledger ledger, Set<Routes.Flow> flows, ConsoleServer console) {
    Routes.tell(flows);
    Integration integration = new Integration(settings, ledger, flows, console);
    start(integration.main);
    if (console != null) {
      LOG.info(
          "the operator's page is {}; metrics and health/ready answer there too",
          console.address());
    }
    return integration;
  }

  /**
   * Registers what to call, once, when a thread of facedrop has failed and the process must exit.
   */
  public void whenBroken(Runnable told) {
    broken.thenRun(told);
  }

  /** Whether a thread of facedrop has failed. */
  public boolean isBroken() {
    return broken.isDone();
  }

  public Gate gate() {
    return beans.gate();
  }

  public Intake intake() {
    return beans.intake();
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
    return AccountQuery.of(settings);
  }

  /**
   * Waits until every event has arrived, or the next try of one is a while away.
   *
   * @param longest for which it waits at most
   */
  public void deliverEvents(Duration longest) throws InterruptedException {
    Ledger ledger = beans.ledger();
    if (ledger.notices().isWanted()) {
      ledger.notices().closeAll();
      long end = System.nanoTime() + longest.toNanos();
      while (ledger.waitingEvents() > 0 && canDeliver(ledger) && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  /**
   * Claims nothing more, and waits until all rows that have ended are in the outputs.
   *
   * @param longest for which it waits at most
   */
  public void publishRest(Duration longest) throws InterruptedException {
    Ledger ledger = beans.ledger();
    long end = System.nanoTime() + longest.toNanos();
    beans.gate().close();
    try {
      ledger.publishing().endSoon();
      while (canPublish(ledger)
          && ledger.publishing().isAnythingLeft()
          && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (LedgerException unread) {
      LOG.debug("what has ended is published by the next start", unread);
    }
  }

  private static boolean canPublish(Ledger ledger) {
    return ledger.links().stream()
        .noneMatch(link -> !link.place().equals(Link.EVENTS) && link.isFailingOutput());
  }

  private static boolean canDeliver(Ledger ledger) {
    return ledger.links().stream()
        .noneMatch(link -> link.place().equals(Link.EVENTS) && link.isFailingOutput());
  }

  @Override
  public void close() {
    if (console != null) {
      console.close();
    }
    beans.gate().close();
    beans.client().giveUpQuestions();
    main.stop();
    beans.close();
  }

  /**
   * An answer in which the API itself does not speak is none. One that does not say how much is
   * left counts as something: a canary will tell.
   */
  private OptionalDouble balance() {
    Answer answer = AccountQuery.of(main.getCamelContext());
    if (answer == null || answer.bodyCode() == null || !answer.isKnown()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        answer.code() == Answer.OK ? answer.data().path("balance").asDouble(1) : 0);
  }

  static void start(Main main) {
    try {
      main.start();
    } catch (RoutesException broken) {
      throw broken;
    } catch (Exception e) {
      throw new RoutesException("the routes could not be started: " + words(e) + Routes.hint(), e);
    }
  }

  /** The failure and what is behind it, a line each. */
  private static String words(Throwable failure) {
    StringBuilder words = new StringBuilder(Cause.of(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (words.indexOf(Cause.of(cause)) < 0) {
        words.append(System.lineSeparator()).append("  ").append(Cause.of(cause));
      }
    }
    return words.toString();
  }
}
