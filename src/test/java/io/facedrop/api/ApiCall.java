package io.facedrop.api;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.client.ApiClient;
import io.facedrop.api.client.ApiEndpoints;
import io.facedrop.api.client.ApiHeaders;
import io.facedrop.api.client.WayOut;
import io.facedrop.api.gate.Departures;
import io.facedrop.api.gate.Permit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Posts images as the route {@code detect-faces} does, through a real camel-http endpoint. */
final class ApiCall implements AutoCloseable {
  static final String KEY = "key-7f3a91c2";
  static final String IMAGE = "https://example.com/source.png";

  private static final String OPTIONS =
      "?httpMethod=POST&throwExceptionOnFailure=false&skipControlHeaders=true&copyHeaders=false"
          + "&headerFilterStrategy=#apiHeaders&httpClientConfigurer=#apiClient";

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final AnswerReader reader = new AnswerReader(KEY);
  private final ApiClient client;
  private final String endpoint;

  /**
   * @param responseTimeout for the whole answer
   * @param way to the API
   */
  ApiCall(URI base, Duration responseTimeout, WayOut way) {
    client = new ApiClient(base, 4, Duration.ofSeconds(5), responseTimeout, way, reader);
    context.getRegistry().bind("apiClient", client);
    context.getRegistry().bind("apiHeaders", new ApiHeaders(name -> true));
    ApiEndpoints.register(context, client);
    try {
      context.addRoutes(new SetsTheKey());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    context.start();
    endpoint = base + "/api/v1/client/job/detect-face-image" + OPTIONS;
  }

  /** As the delivered routes do: what a setHeader step names may leave. */
  private static final class SetsTheKey extends RouteBuilder {
    @Override
    public void configure() {
      from("direct:sets-the-key").setHeader("x-api-key", constant(KEY));
    }
  }

  static ApiCall to(URI base) {
    return new ApiCall(base, Duration.ofSeconds(20), WayOut.DIRECT);
  }

  static String image(String tokens) {
    return "https://example.com/" + tokens + "/source.png";
  }

  void depart(Departures departures) {
    client.depart(departures);
  }

  /** The answer to one post. */
  Answer post(String imageUrl) {
    Exchange exchange = exchange(imageUrl, Map.of());
    if (exchange.getException() != null) {
      throw new AssertionError(exchange.getException());
    }
    reader.process(exchange);
    return exchange.getVariable(AnswerReader.ANSWER, Answer.class);
  }

  /** The failure that one post met. */
  Exception failure(String imageUrl) {
    return exchange(imageUrl, Map.of()).getException();
  }

  /** The failure that a step meets that calls another server. */
  Exception failureAt(URI elsewhere, String options) {
    return context
        .createProducerTemplate()
        .send(elsewhere + "/hook" + options, exchange -> {})
        .getException();
  }

  /** One post whose message bears more headers than it should. */
  Exchange exchange(String imageUrl, Map<String, Object> headers) {
    return context
        .createProducerTemplate()
        .send(
            endpoint,
            exchange -> {
              exchange.setProperty(
                  RequestTrail.PROPERTY, new RequestTrail(Permit.open(0), Stage.DETECT, true));
              exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
              exchange.getMessage().setHeader("Content-Type", "application/json");
              exchange.getMessage().setHeader("x-api-key", KEY);
              exchange
                  .getMessage()
                  .setBody(
                      ("{\"image_url\":\"" + imageUrl + "\"}").getBytes(StandardCharsets.UTF_8));
            });
  }

  /** How long ago that was. */
  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @Override
  public void close() {
    context.stop();
    client.close();
  }
}
