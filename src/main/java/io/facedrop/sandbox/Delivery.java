package io.facedrop.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** Hands the bytes of one answer to the connection in the answer's manner. */
final class Delivery {
  /** Says to whoever asks that all of this is invented. */
  private static final String SANDBOX = "X-Facedrop-Sandbox";

  private static final long DRIP_MILLIS = 500;

  /** Long enough for the client to read the half that it gets. */
  private static final long RESET_MILLIS = 50;

  private final Reply answer;
  private final long length;
  private final ScheduledExecutorService timer;
  private final Runnable onEnd;
  private final Runnable reset;
  private long position;
  private long allowed;
  private boolean dripping;
  private boolean ended;

  Delivery(Reply answer, ScheduledExecutorService timer, Runnable onEnd, Runnable reset) {
    this.answer = answer;
    this.timer = timer;
    this.onEnd = onEnd;
    this.reset = reset;
    length = answer.body().length();
    allowed =
        switch (answer.manner()) {
          case DRIP -> 0;
          case RESET_MID -> length / 2;
          default -> length;
        };
  }

  HttpResponse head() {
    HttpResponse head = new BasicHttpResponse(answer.status());
    answer.headers().forEach(head::addHeader);
    head.addHeader(SANDBOX, "true");
    return head;
  }

  /** The body's length and type, or null where it is empty or the status forbids one. */
  EntityDetails details() {
    boolean isEmpty = length == 0 || answer.status() == 204 || answer.status() == 304;
    if (!isEmpty) {
      long told = answer.manner() == Reply.Manner.CHUNKED ? -1 : length;
      return new BasicEntityDetails(told, ContentType.parseLenient(answer.contentType()));
    }
    // No bytes, no call for any: this is the end.
    onEnd.run();
    return null;
  }

  void headIsSent() {
    if (answer.manner() == Reply.Manner.RESET_MID) {
      timer.schedule(reset, RESET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  synchronized int available() {
    return (int) Math.min(Integer.MAX_VALUE, allowed - position);
  }

  synchronized void produce(DataStreamChannel channel) throws IOException {
    while (position < allowed) {
      ByteBuffer bytes = answer.body().slice(position, allowed);
      if (position + bytes.remaining() == length) {
        // Before the last byte leaves, so that the client's next request never counts beside this.
        onEnd.run();
      }
      int written = channel.write(bytes);
      if (written == 0) {
        return;
      }
      position += written;
    }
    if (position == length) {
      end(channel);
    } else if (answer.manner() == Reply.Manner.DRIP && !dripping) {
      dripping = true;
      timer.schedule(() -> drip(channel), DRIP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void drip(DataStreamChannel channel) {
    synchronized (this) {
      allowed = Math.min(allowed + 1, length);
      dripping = false;
    }
    channel.requestOutput();
  }

  private void end(DataStreamChannel channel) throws IOException {
    if (!ended) {
      ended = true;
      channel.endStream();
    }
  }
}
