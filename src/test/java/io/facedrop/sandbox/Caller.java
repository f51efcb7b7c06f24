package io.facedrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client of the sandbox with nothing of facedrop in it. */
final class Caller {
  static final String IMAGE = "https://example.com/source.png";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client;
  private final URI base;
  private final String key;

  Caller(Sandbox sandbox) {
    this(HttpClient.newHttpClient(), sandbox.baseUri(), "any-key");
  }

  Caller(HttpClient client, URI base, String key) {
    this.client = client;
    this.base = base;
    this.key = key;
  }

  Caller withKey(String other) {
    return new Caller(client, base, other);
  }

  /** The URL of an image that bears these tokens. */
  static String image(String tokens) {
    return "https://example.com/" + tokens + "/source.png";
  }

  HttpResponse<String> post(String imageUrl) {
    return send(posting(imageUrl));
  }

  CompletableFuture<HttpResponse<String>> postAsync(String imageUrl) {
    return client.sendAsync(posting(imageUrl), BodyHandlers.ofString());
  }

  /** Posts so many times at once and waits for all answers. */
  List<HttpResponse<String>> postAtOnce(int requests) {
    List<CompletableFuture<HttpResponse<String>>> pending = new ArrayList<>();
    for (int request = 0; request < requests; request++) {
      pending.add(postAsync(IMAGE));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  HttpResponse<String> postBody(String contentType, String body) {
    return send(
        to("/api/v1/client/job/detect-face-image")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> result(String taskId) {
    return get("/api/v1/client/job/detect-face-result?detect_task_id=" + taskId);
  }

  HttpResponse<String> balance() {
    return get("/api/v1/client/account/balance");
  }

  HttpResponse<String> get(String path) {
    return send(to(path).GET().build());
  }

  /** Posts and gives the task id. */
  String taskOf(String imageUrl) {
    return json(post(imageUrl)).at("/data/detect_task_id").textValue();
  }

  HttpRequest posting(String imageUrl) {
    return to("/api/v1/client/job/detect-face-image")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"image_url\": \"" + imageUrl + "\"}"))
        .build();
  }

  HttpClient client() {
    return client;
  }

  static int code(HttpResponse<String> response) {
    return json(response).path("code").intValue();
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + response.body(), malformed);
    }
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    return key == null ? request : request.header("x-api-key", key);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
