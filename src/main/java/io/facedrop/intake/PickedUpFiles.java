package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.words.Cause;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in the working folder, {@code <inbox>/.work/<pick-up>/<folder>/<name>}: those not accepted
 * yet are offered again until they are, so that no failure and no crash strands a picked-up
 * manifest.
 */
public final class PickedUpFiles implements GenericFileFilter<File> {
  private static final Logger LOG = LoggerFactory.getLogger(PickedUpFiles.class);

  /** Variable: true when a rejected manifest could not be set aside. */
  private static final String UNKEPT = "unkept";

  private static final long FIRST_RETRY_MILLIS = 500;
  private static final int MOST_DOUBLINGS = 6;

  private final Ledger ledger;
  private final PickUps pickUps;
  private final RejectionNotes rejections;
  private final Map<Path, Failed> failed = new ConcurrentHashMap<>();
  private final Reminders<Path> troubles = Reminders.every(Duration.ofMinutes(5), System::nanoTime);

  /** How often a file could not be accepted for a reason of ours, and when that was last. */
  private record Failed(int times, long atNanos) {
    boolean waiting() {
      long pause = FIRST_RETRY_MILLIS << Math.min(times - 1, MOST_DOUBLINGS);
      return System.nanoTime() - atNanos < TimeUnit.MILLISECONDS.toNanos(pause);
    }
  }

  public PickedUpFiles(Ledger ledger, PickUps pickUps) {
    this.ledger = ledger;
    this.pickUps = pickUps;
    this.rejections = new RejectionNotes(ledger);
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    Path path = file.getFile().toPath().toAbsolutePath();
    if (file.isDirectory()) {
      boolean pickUp = path.getParent().endsWith(WorkingFolder.PATH);
      return !Files.isSymbolicLink(path) && (!pickUp || pickUps.isOurs(path));
    }
    if (isNoManifest(path)) {
      return false;
    }
    Failed last = failed.get(path);
    return (last == null || !last.waiting()) && !ledger.accepted(WorkingFolder.source(path));
  }

  /** A checksum belongs to a manifest; anything but a file was put in its place meanwhile. */
  private static boolean isNoManifest(Path path) {
    return path.toString().endsWith(ChecksumFile.EXTENSION)
        || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Logs which file was picked up. */
  public void announce(Exchange exchange) {
    LOG.info(
        "picked up {}",
        SafeName.shown(WorkingFolder.dropped(exchange.getMessage().getBody(File.class).toPath())));
  }

  /**
   * Marks the exchange's file as one that facedrop may move, and sets its folder below the inbox.
   */
  public void mark(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    String belowPickUp = name.replace('\\', '/').replaceFirst("^[^/]*/", "");
    int end = belowPickUp.lastIndexOf('/') + 1;
    exchange.getMessage().setHeader(Intake.FOLDER, belowPickUp.substring(0, end));
    exchange.getMessage().setHeader(Intake.PICKED_UP, true);
    Path path = exchange.getMessage().getBody(File.class).toPath().toAbsolutePath();
    exchange.getExchangeExtension().addOnCompletion(new Attempt(path));
  }

  /** Lets a file that failed wait, twice as long each time. */
  private final class Attempt extends SynchronizationAdapter {
    private final Path path;

    Attempt(Path path) {
      this.path = path;
    }

    @Override
    public void onComplete(Exchange exchange) {
      if (exchange.getVariable(UNKEPT, false, Boolean.class)) {
        onFailure(exchange);
      } else {
        failed.remove(path);
        troubles.end(path);
      }
    }

    @Override
    public void onFailure(Exchange exchange) {
      failed.merge(
          path,
          new Failed(1, System.nanoTime()),
          (before, now) -> new Failed(before.times() + 1, now.atNanos()));
    }
  }

  /**
   * Logs why a picked-up manifest is not accepted yet; it is offered again. Of one that is read in
   * place the command tells.
   */
  public void tellUnaccepted(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    LOG.debug("why", failure);
    GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
    if (file == null) {
      return;
    }
    Path path = ((File) file.getFile()).toPath().toAbsolutePath();
    String words = Cause.of(failure);
    if (troubles.isDue(path, words)) {
      LOG.error(
          "{} cannot be accepted yet: {}; it is tried again",
          SafeName.shown(WorkingFolder.dropped(path)),
          SafeName.shown(words));
    }
  }

  /** Logs that a rejected manifest could not be set aside; a picked-up one is offered again. */
  public void tellUnkept(Exchange exchange) {
    exchange.setVariable(UNKEPT, true);
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    OutputFault.Reader known =
        CamelContextHelper.findSingleByType(exchange.getContext(), OutputFault.Reader.class);
    LOG.error(
        "{} is rejected, but could not be set aside{}: {}",
        SafeName.shown(exchange.getVariable(Intake.MANIFEST, File.class).getName()),
        exchange.getMessage().getHeader(Intake.PICKED_UP, false, Boolean.class)
            ? " and will be tried again"
            : ", stays where it is and is not tried again",
        (known == null ? OutputFault.of(failure) : known.of(failure)).words());
    LOG.debug("why", failure);
  }

  /** Removes the rejected manifest when it is a picked-up one; one that was read in place stays. */
  public void releaseRejected(Exchange exchange) throws IOException {
    rejections.note(exchange);
    if (exchange.getMessage().getHeader(Intake.PICKED_UP, false, Boolean.class)) {
      File manifest = exchange.getVariable(Intake.MANIFEST, File.class);
      remember(manifest.toPath().toAbsolutePath(), exchange);
      WorkingFolder.release(manifest.toPath());
    }
  }

  /** One that was fetched is still to be set aside where it came from. */
  private void remember(Path manifest, Exchange exchange) {
    if (manifest.toString().contains(WorkingFolder.FETCHED)) {
      String reason = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
      ledger.deliveries().reject(WorkingFolder.source(manifest), RejectionNotes.keptAs(reason));
    }
  }

  /** Removes the manifest in the body, which is in the archive now. */
  public void releaseArchived(Exchange exchange) throws IOException {
    WorkingFolder.release(exchange.getMessage().getBody(File.class).toPath());
  }
}
