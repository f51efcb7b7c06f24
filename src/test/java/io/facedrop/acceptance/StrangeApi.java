package io.facedrop.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.network.Listener;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * An API that is not the sandbox: HTTP over plain sockets, a thread a connection, which behaves as
 * it is told, and keeps a journal of what arrived.
 */
final class StrangeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a request is answered. */
  interface Behaviour {
    Reply reply(Request request);
  }

  /**
   * A request that arrived.
   *
   * @param url of the image; null for one that creates nothing
   * @param task that is asked for; null for one that asks for none
   */
  record Request(String method, String path, String url, String task, String key) {
    boolean creates() {
      return method.equals("POST") && path.endsWith("/detect-face-image");
    }

    boolean queries() {
      return path.contains("/detect-face-result");
    }
  }

  /**
   * An answer.
   *
   * @param status of HTTP; 0 to close without a word
   * @param headers as lines, each with its end
   */
  record Reply(int status, String headers, String body, Duration after) {
    static Reply of(int status, String body) {
      return new Reply(status, "", body, Duration.ZERO);
    }

    static Reply code(int code) {
      return of(200, "{\"code\":%d,\"message\":\"words\",\"data\":{}}".formatted(code));
    }

    static Reply cut() {
      return of(0, "");
    }

    Reply after(Duration delay) {
      return new Reply(status, headers, body, delay);
    }

    Reply with(String line) {
      return new Reply(status, headers + line + "\r\n", body, after);
    }
  }

  /**
   * A request and what became of it.
   *
   * @param nanos monotonic time at which its head had arrived
   * @param reply what was written; cut where nothing could be
   * @param task that it created; null for none
   */
  record Arrival(long nanos, Request request, Reply reply, String task) {
    boolean isOfARow() {
      return request.creates() || request.queries();
    }

    /** Whether its client was told in the API's own words that nothing was carried out. */
    boolean isRefused() {
      return reply.status() != 0
          && task == null
          && reply.body().matches("\\{\"code\":(" + REFUSALS + "),.*");
    }
  }

  private static final String REFUSALS = "401|402|403|404|422|429|455|500|501|505";

  private final List<Arrival> journal = new ArrayList<>();
  private final Map<String, Long> tasks = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocketFactory sockets;
  private final Duration handshake;
  private final int port;
  private volatile Duration keeps = Duration.ZERO;
  private volatile boolean closesAfterEach;
  private volatile Duration taskDuration = Duration.ofMillis(300);
  private volatile Behaviour behaviour;
  private volatile Listener listener;

  StrangeApi() {
    this(ServerSocketFactory.getDefault(), Duration.ZERO);
  }

  private StrangeApi(ServerSocketFactory sockets, Duration handshake) {
    this.sockets = sockets;
    this.handshake = handshake;
    behaviour = this::usual;
    port = listen(0);
  }

  /** One that speaks TLS, and takes so long to shake hands. */
  static StrangeApi withTls(SSLContext context, Duration handshake) {
    return new StrangeApi(context.getServerSocketFactory(), handshake);
  }

  private int listen(int at) {
    try {
      ServerSocket socket = sockets.createServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 200);
      listener = new Listener(socket, this::serve);
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    boolean secure = sockets instanceof SSLServerSocketFactory;
    return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /** Closes a connection without a word on which nothing has come for so long. */
  void keepsConnectionsFor(Duration idle) {
    keeps = idle;
  }

  /** Closes each connection without a word as soon as it has answered. */
  void closesAfterEachAnswer() {
    closesAfterEach = true;
  }

  void tasksTake(Duration duration) {
    taskDuration = duration;
  }

  /** Refuses connections and cuts those that are open. */
  void leave() {
    listener.close();
  }

  void comeBack() {
    listen(port);
  }

  List<Arrival> journal() {
    synchronized (journal) {
      return journal.stream().sorted(Comparator.comparingLong(Arrival::nanos)).toList();
    }
  }

  List<Arrival> creates() {
    return journal().stream().filter(arrival -> arrival.request().creates()).toList();
  }

  /** What the API itself would answer. */
  Reply usual(Request request) {
    if (request.creates()) {
      String task = "task-" + number.incrementAndGet();
      tasks.put(task, System.nanoTime());
      return success("\"detect_task_id\":\"%s\"".formatted(task));
    }
    if (request.queries()) {
      Long since = request.task() == null ? null : tasks.get(request.task());
      return since == null ? Reply.code(404) : success(result(request.task(), since));
    }
    return request.path().endsWith("/account/balance")
        ? success("\"balance\":1000")
        : Reply.of(200, "{}");
  }

  private String result(String task, long since) {
    boolean done = System.nanoTime() - since >= taskDuration.toNanos();
    return done
        ? "\"detect_task_id\":\"%s\",\"status\":\"succeeded\",\"result\":{\"id\":\"m-%s\",\"faces\":[]}"
            .formatted(task, task)
        : "\"detect_task_id\":\"%s\",\"status\":\"processing\"".formatted(task);
  }

  static Reply success(String data) {
    return Reply.of(200, "{\"code\":200,\"message\":\"success\",\"data\":{" + data + "}}");
  }

  private void serve(Socket connection) throws IOException {
    try {
      // What comes first on a connection with TLS is the handshake.
      closed.await(handshake.toMillis(), TimeUnit.MILLISECONDS);
      talk(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void talk(Socket connection) throws IOException, InterruptedException {
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream())) {
      connection.setSoTimeout((int) keeps.toMillis());
      for (String head = head(in); head != null; head = head(in)) {
        long nanos = System.nanoTime();
        Request request = request(head, in.readNBytes(length(head)));
        Reply reply = behaviour.reply(request);
        boolean answered = false;
        try {
          closed.await(reply.after().toMillis(), TimeUnit.MILLISECONDS);
          write(reply, connection);
          answered = reply.status() != 0;
        } finally {
          note(nanos, request, answered ? reply : Reply.cut());
        }
        if (!answered) {
          return;
        }
        if (closesAfterEach || reply.headers().contains("Connection: close")) {
          return;
        }
      }
    }
  }

  private static void write(Reply reply, Socket connection) throws IOException {
    if (reply.status() == 0) {
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d Words\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(reply.status(), reply.headers(), body.length);
    connection.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().write(body);
  }

  /** Once it is answered, or cannot be. */
  private void note(long nanos, Request request, Reply reply) {
    String task = null;
    try {
      JsonNode data = JSON.readTree(reply.body()).path("data").path("detect_task_id");
      task = request.creates() && reply.status() != 0 ? data.textValue() : null;
    } catch (IOException notJson) {
      // Then it names no task.
    }
    synchronized (journal) {
      journal.add(new Arrival(nanos, request, reply, task));
    }
  }

  private static Request request(String head, byte[] body) throws IOException {
    String[] line = head.split(" ", 3);
    String path = line[1];
    String url = body.length == 0 ? null : JSON.readTree(body).path("image_url").textValue();
    int query = path.indexOf("detect_task_id=");
    return new Request(
        line[0],
        path.replaceFirst("[?].*", ""),
        url,
        query < 0 ? null : path.substring(query + "detect_task_id=".length()),
        header(head, "x-api-key"));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int end = 0;
    while (end < 4) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
      end = next == "\r\n\r\n".charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int length(String head) {
    String length = header(head, "content-length");
    return length == null ? 0 : Integer.parseInt(length);
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    closed.countDown();
    leave();
  }
}
