package io.facedrop.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** Reads one request and sends its answer, without ever holding a thread. */
final class Conversation implements AsyncServerExchangeHandler {
  private static final int LONGEST_BODY = 1 << 20;

  private final Service service;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
  private Inquiry inquiry;
  private String contentType;
  private boolean tooLong;
  private ResponseChannel responses;
  private HttpContext context;
  private boolean left;
  private volatile Delivery delivery;

  /** What exchanges share. */
  record Service(
      Contract contract,
      Credits account,
      Journal journal,
      Connections connections,
      ScheduledExecutorService timer) {}

  Conversation(Service service) {
    this.service = service;
  }

  @Override
  public void handleRequest(
      HttpRequest request, EntityDetails entity, ResponseChannel channel, HttpContext context)
      throws HttpException, IOException {
    service.journal().enter();
    responses = channel;
    this.context = context;
    contentType = entity == null ? null : entity.getContentType();
    inquiry =
        Inquiry.of(request.getMethod(), request.getPath(), isKeyAccepted(request), wire(request));
    if (entity == null) {
      answer();
    } else if (request.containsHeader(HttpHeaders.EXPECT)) {
      channel.sendInformation(new BasicHttpResponse(100), context);
    }
  }

  /** Nothing where nobody reads it. */
  private Inquiry.Wire wire(HttpRequest request) {
    return Inquiry.Wire.of(service.journal().isWritten() ? request.getHeaders() : new Header[] {});
  }

  private boolean isKeyAccepted(HttpRequest request) {
    Header key = request.getFirstHeader("x-api-key");
    return key != null && service.account().admits(key.getValue());
  }

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer bytes) {
    tooLong |= body.size() + bytes.remaining() > LONGEST_BODY;
    byte[] read = new byte[bytes.remaining()];
    bytes.get(read);
    if (!tooLong) {
      body.writeBytes(read);
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
    answer();
  }

  private void answer() throws HttpException, IOException {
    Inquiry asked = inquiry.endpoint() == Resource.DETECT ? inquiry.with(image()) : inquiry;
    boolean told = service.journal().isWritten() && body.size() > 0;
    Reply answer = service.contract().answer(told ? asked.with(body.toByteArray()) : asked);
    if (answer.delayMillis() == 0) {
      send(answer);
    } else {
      service.timer().schedule(() -> sendLate(answer), answer.delayMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private ImageRequest image() {
    return tooLong
        ? ImageRequest.tooLong(LONGEST_BODY)
        : ImageRequest.read(contentType, body.toByteArray());
  }

  private void sendLate(Reply answer) {
    try {
      send(answer);
    } catch (HttpException | IOException gone) {
      reset();
    }
  }

  private void send(Reply answer) throws HttpException, IOException {
    switch (answer.manner()) {
      case HANG -> {}
      case RESET -> reset();
      default -> {
        Delivery started = new Delivery(answer, service.timer(), this::leave, this::reset);
        delivery = started;
        responses.sendResponse(started.head(), started.details(), context);
        started.headIsSent();
      }
    }
  }

  private void reset() {
    service
        .connections()
        .reset(HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress());
  }

  @Override
  public int available() {
    Delivery current = delivery;
    return current == null ? 0 : current.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    Delivery current = delivery;
    if (current != null) {
      current.produce(channel);
    }
  }

  @Override
  public void failed(Exception cause) {
    leave();
  }

  @Override
  public void releaseResources() {
    leave();
  }

  private synchronized void leave() {
    if (inquiry != null && !left) {
      left = true;
      service.journal().leave();
    }
  }
}
