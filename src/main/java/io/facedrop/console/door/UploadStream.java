package io.facedrop.console.door;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/**
 * Writes a file that is uploaded to the disk, a chunk at a time, so that no thread waits for the
 * next. Vert.x's own way never ends, and keeps the file open, when the disk is full.
 *
 * <p>For one thread, the server's.
 */
final class UploadStream {
  private final Vertx vertx;
  private final HttpServerFileUpload upload;
  private final Promise<Void> written = Promise.promise();
  private FileChannel channel;

  private UploadStream(Vertx vertx, HttpServerFileUpload upload) {
    this.vertx = vertx;
    this.upload = upload;
  }

  /** Succeeds when the whole of it is written and closed; closes it also if that fails. */
  static Future<Void> to(Path file, HttpServerFileUpload upload, Vertx vertx) {
    return new UploadStream(vertx, upload).to(file);
  }

  private Future<Void> to(Path file) {
    upload.handler(this::write).endHandler(written::tryComplete).exceptionHandler(written::tryFail);
    hold(
        () -> {
          channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          return null;
        });
    return written.future().eventually(() -> vertx.executeBlocking(this::close));
  }

  private void write(Buffer chunk) {
    ByteBuffer bytes = ByteBuffer.wrap(chunk.getBytes());
    hold(
        () -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          return null;
        });
  }

  /** Lets nothing more come until this is done. */
  private void hold(Callable<Void> work) {
    upload.pause();
    vertx.executeBlocking(work).onSuccess(done -> upload.resume()).onFailure(written::tryFail);
  }

  private Void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    return null;
  }
}
