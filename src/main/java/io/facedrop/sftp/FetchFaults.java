package io.facedrop.sftp;

import io.facedrop.clock.Reminders;
import io.facedrop.intake.SafeName;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a line what could not be picked up, fetched or moved; Camel tries it again by itself. */
public final class FetchFaults implements ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FetchFaults.class);

  private final FolderWatch watch;
  private final Reminders<String> faults;

  /**
   * @param watch hears of it too
   */
  public FetchFaults(FolderWatch watch) {
    this(watch, System::nanoTime);
  }

  FetchFaults(FolderWatch watch, LongSupplier nanos) {
    this.watch = watch;
    this.faults = Reminders.every(Duration.ofMinutes(5), nanos);
  }

  /** A look that failed; {@link FolderWatch} has reported it. */
  @Override
  public void handleException(Throwable failure) {
    LOG.debug("a look at the SFTP server failed", failure);
  }

  @Override
  public void handleException(String message, Throwable failure) {
    handleException(failure);
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable failure) {
    LOG.debug("{}", message, failure);
    String what = what(failure, message);
    String news = what + ": " + SftpFault.of(failure).words(failure, what);
    watch.failed(exchange.getFromEndpoint(), news);
    warn(news + "; it will be tried again");
  }

  /** Camel tries every few seconds; that is no news each time. */
  private void warn(String news) {
    if (faults.isDue(news)) {
      LOG.warn("{}", news);
    }
  }

  /** Camel's own words for what was tried, without the address of the endpoint. */
  private static String what(Throwable failure, String message) {
    boolean camels = failure instanceof GenericFileOperationFailedException;
    // Where to is new each time: it bears a pick-up's own number.
    return SafeName.shown(
        camels
            ? Cause.of(failure).replaceFirst(" to: .*$", "")
            : message.replaceFirst("^sftp://\\S+ ", "facedrop "));
  }

  /** A fetch that failed in the route: there, here or on the way. */
  public void tell(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.debug("a fetch failed", failure);
    String news =
        exchange.getVariable("dropped")
            + " could not be fetched whole from the SFTP server ("
            + SftpFault.root(failure)
            + ")";
    watch.failed(exchange.getFromEndpoint(), news);
    warn(news + "; it stays in the working folder there and is fetched again");
  }
}
