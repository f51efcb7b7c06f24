package io.facedrop.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that speaks as much of AWS Secrets Manager as it takes to read a secret. */
public final class SecretsVault implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\"SecretId\":\"([^\"]+)\"");

  private final HttpServer server;
  private final Map<String, String> secrets;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private SecretsVault(Map<String, String> secrets) throws IOException {
    this.secrets = secrets;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public static SecretsVault holding(Map<String, String> secrets) throws IOException {
    return new SecretsVault(secrets);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What a client of it needs, as properties of Camel's. */
  public Map<String, String> properties() {
    return Map.of(
        "camel.vault.aws.accessKey", "vault-user",
        "camel.vault.aws.secretKey", "vault-password-91",
        "camel.vault.aws.region", "eu-central-1",
        "camel.vault.aws.overrideEndpoint", "true",
        "camel.vault.aws.uriEndpointOverride", uri().toString());
  }

  /** The names that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Matcher name = NAME.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String id = name.find() ? name.group(1) : "";
    asked.add(id);
    boolean known = secrets.containsKey(id);
    String body =
        known
            ? "{\"Name\":\"%s\",\"SecretString\":\"%s\"}".formatted(id, secrets.get(id))
            : "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"no such secret\"}";
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(known ? 200 : 400, body.getBytes(UTF_8).length);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
