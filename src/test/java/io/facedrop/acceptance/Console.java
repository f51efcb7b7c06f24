package io.facedrop.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The console of a program, at the port that its log names. */
final class Console {
  private static final Pattern ADDRESS = Pattern.compile("page is (http://127\\.0\\.0\\.1:\\d+/);");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private Console(String address) {
    this.address = address;
  }

  /** Waits until the program serves, on a port that it has chosen. */
  static Console of(Cli serve) {
    Matcher[] found = new Matcher[1];
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              found[0] = ADDRESS.matcher(serve.err());
              return found[0].find() || !serve.isAlive();
            });
    if (!serve.isAlive()) {
      throw new IllegalStateException("it does not serve: " + serve.said());
    }
    return new Console(found[0].group(1));
  }

  /** Host and port, as Prometheus wants them. */
  String target() {
    return address.replaceAll("http://|/$", "");
  }

  String metrics() {
    return get("metrics").body();
  }

  /** The value of one series, by its name and labels as they are written. */
  double metric(String series) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(address + path)));
  }

  /** What it answers when this token is shown. */
  int status(String path, String token) {
    return send(HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
