package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import io.facedrop.words.Cause;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in one line which file could not be picked up; Camel tries again by itself. Logs nothing if
 * another node was faster.
 */
public final class PickUpFaults implements ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PickUpFaults.class);

  private final Path inbox;
  private final PickUps pickUps;
  private final Reminders<String> faults;

  public PickUpFaults(Path inbox, PickUps pickUps) {
    this(inbox, pickUps, System::nanoTime);
  }

  PickUpFaults(Path inbox, PickUps pickUps, LongSupplier nanos) {
    this.inbox = inbox;
    this.pickUps = pickUps;
    this.faults = Reminders.every(Duration.ofMinutes(5), nanos);
  }

  @Override
  public void handleException(Throwable failure) {
    warn("the inbox " + inbox + " cannot be looked at", failure);
  }

  @Override
  public void handleException(String message, Throwable failure) {
    handleException(failure);
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable failure) {
    LOG.debug("{}", message, failure);
    GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
    File dropped = file == null ? null : (File) file.getFile();
    if (dropped == null || Files.exists(dropped.toPath(), LinkOption.NOFOLLOW_LINKS)) {
      warn(
          (file == null ? "a file" : file.getRelativeFilePath()) + " cannot be picked up", failure);
    } else {
      removeUnused(inbox.resolve(WorkingFolder.NAME).resolve(pickUps.name(exchange)));
    }
  }

  /** Camel makes the folder before it moves the file. */
  private static void removeUnused(Path folder) {
    try {
      PickUps.removeEmpty(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} stays", folder, e);
    }
  }

  /** Camel tries every second; that is no news each time. */
  private void warn(String what, Throwable failure) {
    String news = SafeName.shown(what);
    if (faults.isDue(news)) {
      LOG.warn("{}: {}; it will be tried again", news, SafeName.shown(Cause.of(failure)));
    }
  }
}
