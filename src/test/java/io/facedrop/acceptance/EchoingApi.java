package io.facedrop.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API that tells everybody what it was told, the key not excepted; what, the image's path says.
 */
final class EchoingApi implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("echo-([a-z0-9]+)");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;

  EchoingApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "echoing-api");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request =
        exchange.getRequestURI() + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String told = exchange.getRequestHeaders().entrySet().toString();
    String key = exchange.getRequestHeaders().getFirst("x-api-key");
    Matcher word = WORD.matcher(request);
    String manner = word.find() ? word.group(1) : "nothing";
    exchange.getResponseHeaders().add("X-Echo", key);
    exchange.getResponseHeaders().add("Retry-After", key);
    boolean html = manner.equals("html");
    String body = html ? "<html>" + told : envelope(manner, told, key, request);
    exchange.sendResponseHeaders(html ? 502 : 200, body.getBytes(UTF_8).length);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  private String envelope(String manner, String told, String key, String request) {
    ObjectNode envelope = json.createObjectNode();
    boolean number = manner.matches("\\d+");
    envelope.put("code", number ? Integer.parseInt(manner) : 200).put("message", told);
    ObjectNode data = envelope.putObject("data");
    data.put("balance", 1000);
    if (!request.contains("detect-face-result")) {
      data.put("detect_task_id", manner.equals("task") ? key : "echo-" + manner);
      return envelope.toString();
    }
    ObjectNode result = data.putObject("result");
    result.put("id", manner.equals("id") ? key : "id1");
    result.putArray("faces").addObject().put("id", 0).put("link", "https://x.example/" + told);
    switch (manner) {
      case "failed" -> data.put("status", "failed").put("error", told);
      case "object" -> data.put("status", "failed").putObject("error").put(key, told);
      case "status" -> data.put("status", told);
      default -> data.put("status", "succeeded");
    }
    return envelope.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
