package io.facedrop.console.door;

import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.operator.UploadPlace;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files that an operator uploads, before any route does: they are streamed to the disk,
 * so that no thread waits for the next byte, and removed unless a route has moved them.
 */
public final class UploadDoor implements Handler<RoutingContext> {
  public static final String PATH = "/upload";

  private static final Logger LOG = LoggerFactory.getLogger(UploadDoor.class);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** What a form has besides its file. */
  private static final long FORM = 65_536;

  /** Is left on the disk, for others to go on. */
  private static final long RESERVE = 64L << 20;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int ERROR = 500;
  private static final int NO_ROOM = 507;

  private final UploadPlace place;
  private final long most;
  private final OpenConnections connections;

  /**
   * @param most bytes of a file
   */
  public UploadDoor(UploadPlace place, long most, OpenConnections connections) {
    this.place = place;
    this.most = most;
    this.connections = connections;
  }

  /** Joins a router after the doorkeeper. */
  public void join(Router router) {
    router.post(PATH).handler(this).failureHandler(this::refuse);
  }

  @Override
  public void handle(RoutingContext context) {
    try {
      Path folder = place.open();
      long announced = announced(context);
      if (announced > most + FORM) {
        context.fail(TOO_LARGE);
      } else if (announced > Files.getFileStore(folder).getUsableSpace() - RESERVE) {
        context.fail(NO_ROOM);
      } else {
        connections.used(context.request().connection(), PATIENCE);
        receive(context, folder);
      }
    } catch (IOException failure) {
      context.fail(failure);
    }
  }

  private void receive(RoutingContext context, Path folder) {
    HttpServerRequest request = context.request();
    List<Uploaded> uploads = new ArrayList<>();
    List<Future<?>> parts = new ArrayList<>();
    Promise<Void> body = Promise.promise();
    AtomicLong bytes = new AtomicLong();
    request.setExpectMultipart(true);
    request.uploadHandler(
        upload -> {
          Path file = folder.resolve(UUID.randomUUID().toString());
          uploads.add(new Uploaded(file, upload.filename()));
          Future<Void> part = UploadStream.to(file, upload, context.vertx());
          part.onFailure(body::tryFail);
          parts.add(part);
        });
    request.handler(
        chunk -> {
          if (bytes.addAndGet(chunk.length()) > most + FORM) {
            body.tryFail(new TooLargeException());
          }
        });
    request.exceptionHandler(body::tryFail);
    request.endHandler(body::tryComplete);
    context.addEndHandler(ended -> remove(context.vertx(), uploads));
    body.future()
        .compose(all -> Future.all(parts))
        .onSuccess(
            all -> {
              Uploaded.tell(context.user(), uploads);
              context.next();
            })
        .onFailure(context::fail);
  }

  private static void remove(Vertx vertx, List<Uploaded> uploads) {
    vertx.executeBlocking(
        () -> {
          for (Uploaded upload : uploads) {
            Files.deleteIfExists(upload.file());
          }
          return null;
        });
  }

  /** More has come than may. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** How many bytes are to come; 0 where a client does not say, or nonsense. */
  private static long announced(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private void refuse(RoutingContext context) {
    Throwable failure = context.failure();
    if (context.statusCode() == TOO_LARGE || failure instanceof TooLargeException) {
      Refusal.of(
          context,
          TOO_LARGE,
          String.format(
              Locale.ROOT,
              "This file is larger than the %,d bytes that facedrop.manifest.max-bytes allows."
                  + " facedrop has kept nothing of it.",
              most));
    } else if (context.statusCode() == NO_ROOM || isWithoutRoom(failure)) {
      Refusal.of(
          context,
          NO_ROOM,
          "The disk of the inbox has no room for this file. facedrop has kept nothing of it. Make"
              + " room, and upload it again.");
    } else if (failure instanceof DecoderException) {
      Refusal.of(context, BAD_REQUEST);
    } else {
      LOG.warn("a file could not be uploaded: {}", String.valueOf(failure));
      Refusal.of(context, ERROR);
    }
  }

  private static boolean isWithoutRoom(Throwable failure) {
    return failure instanceof Exception exception && OutputFault.of(exception).withoutRoom();
  }
}
