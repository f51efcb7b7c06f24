package io.facedrop.nodes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API that is paid: it keeps a journal of what it was asked to create and what it created. What
 * it answers depends on the URL alone, and on how often it has seen that.
 */
final class Api implements AutoCloseable {
  static final String KEY = "canary-4e7a90c3d1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SUCCESS = 200;

  static {
    // Else an answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  /**
   * A request that arrived.
   *
   * @param nanos when, monotonic
   * @param url of the image; null of a query
   * @param task that was asked for or created; null for none
   * @param code of the answer
   */
  record Arrival(long nanos, String url, String task, int code) {
    boolean creates() {
      return url != null;
    }
  }

  private record Task(String url, long createdNanos) {}

  private final Queue<Arrival> journal = new ConcurrentLinkedQueue<>();
  private final Map<String, Task> tasks = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger creates = new AtomicInteger();
  private final AtomicInteger strangers = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
  private final HttpServer server;

  Api() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often a task was asked for. */
  int creates() {
    return creates.get();
  }

  /** Requests that did not bear the key. */
  int strangers() {
    return strangers.get();
  }

  /** Everything that has arrived so far, in order. */
  List<Arrival> journal() {
    return List.copyOf(journal);
  }

  /** The URL that a task was created for; null of a task that never was. */
  String urlOf(String task) {
    Task known = tasks.get(task);
    return known == null ? null : known.url();
  }

  /** The faces of a task, by the name they are published under. */
  static String detectId(String task) {
    return "faces-of-" + task;
  }

  private void serve(HttpExchange exchange) throws IOException {
    long nanos = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!KEY.equals(exchange.getRequestHeaders().getFirst("x-api-key"))) {
      strangers.incrementAndGet();
    }
    if (path.endsWith("/detect-face-image")) {
      create(exchange, nanos, JSON.readTree(body).path("image_url").asText());
    } else if (path.contains("/detect-face-result")) {
      query(exchange, nanos, exchange.getRequestURI().getQuery().replaceFirst(".*task_id=", ""));
    } else {
      answer(exchange, 0, SUCCESS, "\"balance\":1000000");
    }
  }

  private void create(HttpExchange exchange, long nanos, String url) {
    boolean again = seen.computeIfAbsent(url, it -> new AtomicInteger()).getAndIncrement() > 0;
    int code = Load.codeOf(url, again);
    String task = null;
    if (code == SUCCESS) {
      task = "task-" + created.incrementAndGet();
      tasks.put(task, new Task(url, nanos));
    }
    journal.add(new Arrival(nanos, url, task, code));
    creates.incrementAndGet();
    answer(exchange, latency(url), code, task == null ? "" : "\"detect_task_id\":\"" + task + "\"");
  }

  private void query(HttpExchange exchange, long nanos, String id) {
    Task task = tasks.get(id);
    int code = task == null ? 404 : SUCCESS;
    journal.add(new Arrival(nanos, null, id, code));
    answer(exchange, 5, code, task == null ? "" : result(id, task, nanos));
  }

  private static String result(String id, Task task, long nanos) {
    boolean ended = nanos - task.createdNanos() >= TimeUnit.MILLISECONDS.toNanos(takes(task.url()));
    String status =
        !ended ? "processing" : task.url().contains("/status-failed/") ? "failed" : "succeeded";
    String faces =
        task.url().contains("/faces-0/") ? "" : "{\"id\":0,\"link\":\"https://a.example/0.jpg\"}";
    String result =
        ",\"result\":{\"id\":\"%s\",\"status\":\"succeed\",\"faces\":[%s]}"
            .formatted(detectId(id), faces);
    return "\"detect_task_id\":\"%s\",\"status\":\"%s\"%s"
        .formatted(id, status, status.equals("succeeded") ? result : "");
  }

  /** A few tasks take much longer than most. */
  private static long takes(String url) {
    int dice = Math.floorMod(url.hashCode(), 1000);
    return dice % 20 == 0 ? 2_000 + dice : 100 + dice / 2;
  }

  /** A few answers come much later than most. */
  private static long latency(String url) {
    int dice = Math.floorMod(url.hashCode() * 31, 1000);
    return dice % 50 == 0 ? 300 + dice : 5 + dice / 20;
  }

  private void answer(HttpExchange exchange, long millis, int code, String data) {
    byte[] body =
        "{\"code\":%d,\"message\":\"words\",\"data\":{%s}}"
            .formatted(code, data)
            .getBytes(StandardCharsets.UTF_8);
    timer.schedule(() -> send(exchange, body), millis, TimeUnit.MILLISECONDS);
  }

  private static void send(HttpExchange exchange, byte[] body) {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(SUCCESS, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      // Whoever asked was killed.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
