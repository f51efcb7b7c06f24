package io.facedrop.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.config.Settings;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.LedgerConstants;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.words.Count;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the accept-manifest route that are not the ledger's. */
public final class Intake {
  /** Header: true when the file is ours to move once its batch is complete. */
  public static final String PICKED_UP = "FacedropPickedUp";

  /** Header: the folder below the inbox, with {@code /} at the end; empty for none. */
  public static final String FOLDER = "FacedropFolder";

  /** Variable: the file. */
  public static final String MANIFEST = "manifest";

  private static final int MOST_REMEMBERED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Ledger ledger;
  private final Settings settings;
  private final Clock clock;
  private final Duplicates duplicates;
  private final Map<String, Long> lastOfName = LRUCacheFactory.newLRUCache(MOST_REMEMBERED);
  private final Map<String, Long> rejected = LRUCacheFactory.newLRUCache(MOST_REMEMBERED);

  public Intake(Ledger ledger, Settings settings, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.duplicates = new Duplicates(ledger, settings, clock);
  }

  /** What was dropped before. */
  public Duplicates duplicates() {
    return duplicates;
  }

  /**
   * Opens the file in the body: the body becomes its rows in groups.
   *
   * @throws ManifestRejectedException when it is no manifest, or one that was here before
   */
  public void open(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    File body = message.getBody(File.class);
    exchange.setVariable(MANIFEST, body);
    Path file = body.toPath();
    ManifestName name = ManifestName.of(file.getFileName().toString());
    boolean pickedUp = message.getHeader(PICKED_UP, false, Boolean.class);
    Manifest.Digests digests = examine(file, settings, pickedUp);
    String sha256 = digests.content();
    duplicates.refuse(sha256, !pickedUp);
    RowReader reader = Manifest.open(file, name, settings.manifests());
    NewBatch batch =
        new NewBatch(
            name,
            message.getHeader(FOLDER, "", String.class),
            pickedUp ? WorkingFolder.source(file) : file.toAbsolutePath(),
            pickedUp,
            reader.layout(),
            sha256,
            settings.duplicates().sharedUrls());
    exchange.setVariable(LedgerConstants.LOADING, begin(batch, reader));
    exchange.setVariable(LedgerConstants.SHA256, sha256);
    exchange.setVariable(LedgerConstants.ADMISSION, duplicates.admission(!pickedUp));
    message.setBody(new RowGroups(reader, settings.images().rule(), digests.raw()));
  }

  /**
   * All checks of a manifest before its rows are read, for acceptance and {@code check}.
   *
   * @param pickedUp whether it is in the working folder, where its checksum may be required
   * @throws ManifestRejectedException when it would not be accepted
   */
  public static Manifest.Digests examine(Path file, Settings settings, boolean pickedUp)
      throws IOException {
    SafeName.verify(ManifestName.of(file.getFileName().toString()).fileName());
    Manifest.Digests digests = Manifest.digests(file, settings.manifests().limits());
    if (pickedUp && settings.inbox().checksumNeeded() && !ChecksumFile.isBeside(file)) {
      throw new ManifestRejectedException(
          "CHECKSUM_MISSING",
          "the checksum is missing (facedrop.manifest.checksum=required)",
          "a file " + SafeName.shown(file.getFileName().toString()) + ChecksumFile.EXTENSION,
          "none",
          0);
    }
    ChecksumFile.verify(file, digests.raw());
    return digests;
  }

  private long begin(NewBatch batch, RowReader reader) throws IOException {
    try {
      return ledger.acceptance().begin(batch);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Logs that the manifest was accepted, and how long it will take. */
  public void announce(Exchange exchange) {
    Batch batch = exchange.getVariable(LedgerConstants.BATCH, Batch.class);
    LOG.info(
        "accepted {} as batch {}: {}, {} with an invalid URL{}{}, {}",
        SafeName.shown(batch.folder() + batch.manifest()),
        batch.id(),
        Count.of(batch.rows(), "row"),
        Count.number(batch.invalid()),
        batch.adopted() == 0
            ? ""
            : ", " + Count.number(batch.adopted()) + " with a task that is paid for",
        batch.shared() == 0
            ? ""
            : ", " + Count.number(batch.shared()) + " with the result of an earlier row",
        estimate(batch.rows() - batch.invalid() - batch.shared()));
  }

  /** How long so many rows take at the configured rate, as a clause. */
  String estimate(long rows) {
    TaskTimes known = ledger.taskTimes();
    return settings.forecast(known.queriesPerTask(), known.likely()).words(rows);
  }

  /**
   * Sets the header {@code CamelFileName} to the place of a rejected manifest, and logs the reason.
   */
  public void nameRejected(Exchange exchange) {
    Message message = exchange.getMessage();
    File file = exchange.getVariable(MANIFEST, File.class);
    // Told here, for the place may be out of reach; one that is offered again was told.
    if (!rejected.containsKey(file.getPath())) {
      ManifestRejectedException why = rejection(exchange);
      LOG.warn(
          "rejected {}: {} ({})", SafeName.shown(dropped(exchange)), why.getMessage(), why.code());
    }
    message.setBody(file);
    // It would name the temporary file, which has no room for a name that is too long.
    message.removeHeader(Exchange.FILE_NAME_ONLY);
    String folder = message.getHeader(FOLDER, "", String.class);
    String name = SafeName.of(file.getName());
    boolean pickedUp = message.getHeader(PICKED_UP, false, Boolean.class);
    String output = settings.outputs().rejected();
    LongFunction<String> place =
        second ->
            Settings.Outputs.nameAt(
                output, folder + STAMP.format(Instant.ofEpochSecond(second)) + "-" + name);
    LongPredicate taken =
        exchange.getContext().getEndpoint(output) instanceof FileEndpoint directory
            ? second -> new File(directory.getFile(), place.apply(second)).exists()
            : second -> false;
    message.setHeader(
        Exchange.FILE_NAME, place.apply(rejectedAt(file, folder + name, pickedUp, taken)));
  }

  /** Says why a manifest is set aside: the body becomes the reason as JSON. */
  public void explain(Exchange exchange) throws IOException {
    ManifestRejectedException rejected = rejection(exchange);
    Message message = exchange.getMessage();
    ObjectNode reason = JSON.createObjectNode();
    reason.put("manifest", dropped(exchange));
    reason.put("code", rejected.code());
    reason.put("expected", rejected.expected());
    reason.put("found", rejected.found());
    reason.put("line", rejected.line() == 0 ? null : Long.valueOf(rejected.line()));
    reason.put("message", rejected.getMessage());
    message.setBody(JSON.writeValueAsString(reason) + "\n");
    message.setHeader(
        Exchange.FILE_NAME, message.getHeader(Exchange.FILE_NAME, String.class) + ".reason.json");
  }

  /** Why the exchange's manifest was rejected; null if that is not what has failed last. */
  public static ManifestRejectedException rejection(Exchange exchange) {
    return ObjectHelper.getException(
        ManifestRejectedException.class,
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /** The manifest's name below the inbox. */
  static String dropped(Exchange exchange) {
    return exchange.getMessage().getHeader(FOLDER, "", String.class)
        + exchange.getVariable(MANIFEST, File.class).getName();
  }

  /**
   * Two manifests of one name within a second must not take each other's place, but one that is
   * offered again, because it could not be kept whole with its reason, must take its own.
   */
  private long rejectedAt(File file, String name, boolean pickedUp, LongPredicate taken) {
    return pickedUp
        ? rejected.computeIfAbsent(file.getPath(), first -> unusedSecond(name, taken))
        : unusedSecond(name, taken);
  }

  /**
   * Now, or the first second after it in which none of this name was rejected.
   *
   * @param taken whether one is kept for a second, maybe by another process before this one
   */
  private long unusedSecond(String name, LongPredicate taken) {
    long now = clock.instant().getEpochSecond();
    return lastOfName.merge(
        name, free(now, taken), (last, first) -> free(Math.max(last + 1, first), taken));
  }

  private static long free(long from, LongPredicate taken) {
    return LongStream.iterate(from, second -> second + 1)
        .filter(second -> !taken.test(second))
        .findFirst()
        .orElseThrow();
  }
}
