package io.facedrop.console.page;

import io.facedrop.console.door.Uploaded;
import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.Census;
import io.facedrop.operator.Uploads;
import io.facedrop.operator.Uploads.Preview;
import io.facedrop.operator.Uploads.Upload;
import io.facedrop.words.Cause;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a file that is dropped onto the page, and says what it would cost before it is worked. */
public final class UploadPage {
  private static final Logger LOG = LoggerFactory.getLogger(UploadPage.class);
  private static final int MOST_EARLIER = 3;

  /** In which most files are read, so that the first answer has it all. */
  private static final long PATIENCE_MILLIS = 1_000;

  private static final int UNFIT = 422;
  private static final int UNAVAILABLE = 503;
  private static final int ERROR = 500;
  private static final int NO_ROOM = 507;

  private final Uploads uploads;

  public UploadPage(Uploads uploads) {
    this.uploads = uploads;
  }

  /** Takes the file of a form; what is not moved from where it was streamed to, goes. */
  public void take(Exchange exchange) {
    if (!Visitor.of(exchange).hasSent(Asked.inForm(exchange, "form"))) {
      PageAnswer.old(exchange);
      return;
    }
    List<Uploaded> files = Uploaded.of(exchange);
    String folder = Asked.inForm(exchange, "folder");
    if (files.size() != 1 || files.get(0).name().isBlank()) {
      PageAnswer.refuse(exchange, UNFIT, "No file", "Choose one file, and send it again.");
    } else if (!folder.isEmpty() && !uploads.folders().contains(folder)) {
      PageAnswer.refuse(
          exchange, UNFIT, "No such folder", "The inbox has no such folder any more.");
    } else if (uploads.areTooMany()) {
      PageAnswer.refuse(
          exchange,
          UNAVAILABLE,
          "Too many files wait",
          "The overview lists them. Work or throw away one of them, and send this file again.");
    } else {
      take(exchange, files.get(0), folder);
    }
  }

  private void take(Exchange exchange, Uploaded file, String folder) {
    try {
      Upload upload = uploads.take(file.file(), file.name(), folder);
      PageAnswer.elsewhere(exchange, "/upload/" + upload.id());
    } catch (IOException failure) {
      boolean full = OutputFault.of(failure).withoutRoom();
      LOG.warn("an uploaded file could not be kept: {}", Cause.of(failure));
      PageAnswer.refuse(
          exchange,
          full ? NO_ROOM : ERROR,
          "The file was not kept",
          full
              ? "The disk of the inbox has no room for it. Make room, and upload it again."
              : "facedrop could not move it to its inbox. Its log says why.");
    }
  }

  /** Shows what waits under the id behind the last slash. */
  public void show(Exchange exchange) {
    Optional<Upload> upload =
        Visitor.of(exchange).isOperator()
            ? uploads.waiting(PageAnswer.last(exchange.getMessage()))
            : Optional.empty();
    if (upload.isEmpty()) {
      PageAnswer.missing(
          exchange,
          "No such file waits. It was worked or thrown away, or nobody has agreed to it within an"
              + " hour.");
      return;
    }
    PageAnswer.page(exchange, name(upload.get()), "upload.html", data(upload.get()));
  }

  static Map<String, Object> data(Upload upload) {
    Map<String, Object> data = new HashMap<>();
    data.put("id", upload.id());
    data.put("manifest", name(upload));
    data.put("bytes", Text.bytes(upload.bytes()));
    Preview preview = null;
    boolean failed = false;
    try {
      preview =
          upload
              .preview()
              .copy()
              .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException unread) {
      failed = true;
    }
    boolean good = preview != null && preview.rejected() == null;
    data.put("reading", preview == null && !failed);
    data.put("failed", failed);
    data.put("bad", preview != null && !good);
    data.put("good", good);
    if (good) {
      data.putAll(cost(preview.census()));
      data.put("time", preview.time());
      data.put(
          "earlier", preview.earlier().stream().limit(MOST_EARLIER).map(UploadPage::of).toList());
    } else if (preview != null) {
      data.put("code", preview.rejected().code());
      data.put("words", preview.rejected().getMessage());
    }
    return data;
  }

  private static Map<String, Object> cost(Census census) {
    Map<String, Object> data = new HashMap<>();
    data.put("rows", Text.number(census.rows()));
    data.put(
        "workWords",
        census.rows() == 1 ? "Work this row" : "Work these " + Count.of(census.rows(), "row"));
    data.put(
        "sentWords",
        Text.number(census.sent()) + Text.agreeing(census.sent(), " is sent", " are sent"));
    data.put(
        "invalidWords",
        Text.agreeing(
            census.invalid(),
            "a dead letter that costs nothing",
            "dead letters that cost nothing"));
    data.put("invalid", Text.number(census.invalid()));
    data.put("firstFault", census.firstFault() == null ? "" : census.firstFault());
    data.put("repeated", Text.number(census.repeated()));
    data.put("repeatedWords", repeated(census));
    data.put(
        "lookedAt",
        census.rows() > Uploads.MOST_URLS
            ? "among the first " + Count.of(Uploads.MOST_URLS, "row")
            : "");
    data.put("paidFor", census.paid() == 0 ? "" : Text.number(census.paid()));
    data.put("paidForWords", RedropPage.paidFor(census.paid()));
    data.put("credits", Text.number(census.credits()));
    data.put("creditsWords", Count.of(census.credits(), "credit"));
    return data;
  }

  private static String repeated(Census census) {
    if (census.repeated() == 0) {
      return "none stands twice";
    }
    return census.shared()
        ? Text.agreeing(census.repeated(), "which shares", "which share")
            + " the result of the first"
        : Text.agreeing(census.repeated(), "", "each of ") + "which is sent and paid for";
  }

  private static Map<String, Object> of(Batch batch) {
    return Map.of(
        "id",
        batch.id(),
        "manifest",
        batch.folder() + batch.manifest(),
        "accepted",
        Text.time(batch.acceptedAt()),
        "state",
        batch.complete() ? "complete" : "still open");
  }

  static String name(Upload upload) {
    return name(upload.manifest());
  }

  /** With slashes on every system. */
  static String name(Path manifest) {
    Path folder = manifest.getParent();
    return (folder == null ? "" : folder + "/") + manifest.getFileName();
  }
}
