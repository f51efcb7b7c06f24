package io.facedrop.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** A webhook that keeps what it is sent, whatever it answers. */
final class EventReceiver implements AutoCloseable {
  static final String PATH = "/hooks/T0123456789/s3cretS3cret";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final IntSupplier answers;
  private final List<String> bodies = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();

  private int strays;

  /**
   * @param answers HTTP statuses; 0 for a request of which it sees nothing
   */
  EventReceiver(IntSupplier answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = answers.getAsInt();
      if (!exchange.getRequestURI().toString().equals(PATH)) {
        strays++;
      }
      if (status != 0) {
        bodies.add(new String(body, StandardCharsets.UTF_8));
        headers.add(copy(exchange.getRequestHeaders()));
        exchange.getResponseHeaders().add("Location", uri() + "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
      }
    }
  }

  private static Map<String, List<String>> copy(Headers headers) {
    return new LinkedHashMap<>(headers);
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** All that have come, repeats too. */
  synchronized List<JsonNode> all() {
    return bodies.stream().map(EventReceiver::json).toList();
  }

  /** Each that has come, in the order in which it came first. */
  synchronized Collection<JsonNode> distinct() {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    all().forEach(event -> byId.putIfAbsent(event.path("id").asText(), event));
    return byId.values();
  }

  List<JsonNode> of(String kind) {
    return distinct().stream().filter(event -> event.path("event").asText().equals(kind)).toList();
  }

  /** How many requests came to another path, as by a redirect that was followed. */
  synchronized int strays() {
    return strays;
  }

  synchronized List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
