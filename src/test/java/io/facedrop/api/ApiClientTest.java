package io.facedrop.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.NotSentException;
import io.facedrop.api.client.WayOut;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ApiClientTest {
  private static final SandboxOptions OPTIONS = SandboxOptions.defaults().withRecord(true);
  private static final String SUCCESS = "{\"code\":200,\"data\":{\"detect_task_id\":\"t1\"}}";

  private final Sandbox sandbox = Sandbox.start(OPTIONS.withAcceptedKeys(Set.of(ApiCall.KEY)));

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void postsAnImage() {
    try (ApiCall api = ApiCall.to(sandbox.baseUri())) {
      Answer answer = api.post(ApiCall.IMAGE);

      assertThat(answer.code()).isEqualTo(200);
      assertThat(answer.httpStatus()).isEqualTo(200);
      assertThat(answer.message()).isEqualTo("success");
      assertThat(answer.detectTaskId()).startsWith("sandbox-");
      assertThat(sandbox.journal()).extracting(Arrival::imageUrl).containsExactly(ApiCall.IMAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"code-429/retry-after-1", "http-429/retry-after-1", "http-503", "code-455"})
  void sendsOneRequestWhateverTheAnswer(String tokens) {
    sendsOne(sandbox, tokens);
  }

  @Test
  void sendsOneRequestOverHttpsToo(@TempDir Path dir) throws Exception {
    SelfSigned certificate = SelfSigned.create(dir);
    SSLContext before = SSLContext.getDefault();
    // The JVM reads javax.net.ssl.trustStore once, into this: the properties may come too late.
    SSLContext.setDefault(certificate.clientContext());
    try (Sandbox https = Sandbox.start(OPTIONS.withSslContext(certificate.serverContext()))) {
      assertThat(https.baseUri()).hasScheme("https");
      sendsOne(https, "code-429/retry-after-1");
      sendsOne(https, "http-429/retry-after-1");
      sendsOne(https, "http-503/retry-after-1");
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void trustsNoUnknownCertificate(@TempDir Path dir) throws Exception {
    SelfSigned certificate = SelfSigned.create(dir);
    try (Sandbox https = Sandbox.start(OPTIONS.withSslContext(certificate.serverContext()));
        ApiCall api = ApiCall.to(https.baseUri())) {
      assertThat(api.failure(ApiCall.IMAGE))
          .isInstanceOf(NotSentException.class)
          .hasCauseInstanceOf(SSLHandshakeException.class)
          .hasMessageStartingWith("no secure connection with " + https.baseUri() + "; if a private")
          .hasMessageContaining("-Djavax.net.ssl.trustStore=…");
      assertThat(https.requests()).isZero();
    }
  }

  @Test
  void keepsRetryAfter() {
    try (ApiCall api = ApiCall.to(sandbox.baseUri())) {
      Answer answer = api.post(ApiCall.image("code-429/retry-after-7"));

      assertThat(answer.code()).isEqualTo(429);
      assertThat(answer.retryAfter()).isEqualTo("7");
    }
  }

  @Test
  void keepsRetryAfterHoweverItIsSpelled() {
    try (Wire wire = Wire.answering("HTTP/1.1 429 Too Many\r\nretry-after: 7", "{\"code\":429}");
        ApiCall api = ApiCall.to(wire.uri())) {
      assertThat(api.post(ApiCall.IMAGE).retryAfter()).isEqualTo("7");
    }
  }

  @Test
  void bringsNoSerializedObjectToLife() {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-java-serialized-object";
    try (Wire wire = Wire.answering(head, SUCCESS);
        ApiCall api = ApiCall.to(wire.uri())) {
      assertThat(api.post(ApiCall.IMAGE).detectTaskId()).as("read as JSON").isEqualTo("t1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drip", "hang"})
  void boundsTheTotalTimeOfAnAnswer(String token) {
    try (ApiCall api = new ApiCall(sandbox.baseUri(), Duration.ofMillis(800), WayOut.DIRECT)) {
      long start = System.nanoTime();
      Exception failure = api.failure(ApiCall.image(token));

      assertThat(ApiCall.since(start)).isBetween(Duration.ofMillis(700), Duration.ofMillis(2500));
      assertThat(failure)
          .isInstanceOf(IOException.class)
          .satisfiesAnyOf(
              overdue -> assertThat(overdue).hasMessage("no complete answer within 800ms"),
              timeout -> assertThat(timeout).hasMessage("Read timed out"));
      assertThat(sandbox.posts()).isEqualTo(1);
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);
    }
  }

  @Test
  void leavesAHugeAnswerAtOnce() {
    try (ApiCall api = ApiCall.to(sandbox.baseUri())) {
      api.post(ApiCall.IMAGE);
      long start = System.nanoTime();
      Exception failure = api.failure(ApiCall.image("huge-100"));

      assertThat(ApiCall.since(start)).isLessThan(Duration.ofSeconds(2));
      assertThat(failure)
          .isInstanceOf(IOException.class)
          .hasMessage("the answer is larger than 1048576 bytes");
      assertThat(sandbox.posts()).isEqualTo(2);
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void neverTakesTheKeyToWhereARedirectPoints(int status) {
    try (Wire elsewhere = Wire.answering("HTTP/1.1 200 OK", SUCCESS);
        ApiCall api = ApiCall.to(sandbox.baseUri())) {
      Answer answer = api.post(ApiCall.image("redirect-" + status + "-to-" + elsewhere.port()));

      assertThat(answer.httpStatus()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(Answer.NONE);
      assertThat(elsewhere.heads()).isEmpty();
      assertThat(sandbox.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "reset-mid"})
  void reportsAConnectionThatBreaksOnce(String token) {
    try (ApiCall api = ApiCall.to(sandbox.baseUri())) {
      assertThat(api.failure(ApiCall.image(token))).isInstanceOf(IOException.class);
      assertThat(sandbox.posts()).isEqualTo(1);
    }
  }

  @Test
  void tellsARefusedConnectionFromABrokenOne() {
    URI gone = sandbox.baseUri();
    sandbox.close();
    try (ApiCall api = ApiCall.to(gone)) {
      assertThat(api.failure(ApiCall.IMAGE)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void tellsOfEachRequestThatLeavesAndOfNoneThatDoesNot() {
    AtomicInteger left = new AtomicInteger();
    try (ApiCall api = ApiCall.to(sandbox.baseUri())) {
      api.depart((permit, kind) -> left.incrementAndGet());

      api.post(ApiCall.image("ok"));
      api.post(ApiCall.image("code-500"));
      assertThat(left).hasValue(2);
    }
    URI gone = sandbox.baseUri();
    sandbox.close();
    try (ApiCall api = ApiCall.to(gone)) {
      api.depart((permit, kind) -> left.incrementAndGet());

      assertThat(api.failure(ApiCall.IMAGE)).isInstanceOf(ConnectException.class);
      assertThat(left).hasValue(2);
    }
  }

  @Test
  void sendsNothingButWhatTheApiNeeds() {
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK", SUCCESS);
        ApiCall api = ApiCall.to(wire.uri())) {
      Exchange exchange =
          api.exchange(
              ApiCall.IMAGE,
              Map.of(
                  "CamelFileName", "m.csv",
                  "CamelHttpUri", "http://127.0.0.1:1/elsewhere",
                  "CamelHttpPath", "/elsewhere",
                  "CamelHttpQuery", "a=b",
                  "CamelHttpRawQuery", "a=b",
                  "CamelHttpMethod", "DELETE",
                  "Authorization", "Basic eDp5",
                  "Cookie", "a=b",
                  "X-Forwarded-Host", "elsewhere",
                  "email", "someone@example.com"));

      assertThat(exchange.getException()).isNull();
      assertThat(wire.heads()).hasSize(1);
      assertThat(wire.heads().get(0).lines())
          .first()
          .isEqualTo("POST /api/v1/client/job/detect-face-image HTTP/1.1");
      assertThat(wire.heads().get(0).lines().skip(1).map(line -> line.replaceAll(":.*", "")))
          .allMatch(
              Set.of(
                      "Host",
                      "Content-Type",
                      "x-api-key",
                      "Content-Length",
                      "Accept-Encoding",
                      "Connection",
                      "User-Agent")
                  ::contains)
          .doesNotHaveDuplicates()
          .contains("Host", "Content-Type", "x-api-key", "Content-Length");
      assertThat(wire.heads().get(0))
          .contains("Content-Type: application/json\n")
          .contains("x-api-key: " + ApiCall.KEY + "\n")
          .contains("Content-Length: 46\n");
    }
  }

  @Test
  void takesNothingInButWhatWeRead() {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nRetry-After: 3\r\n"
            + "CamelFileName: ../evil\r\nCamelHttpUri: http://evil\r\nSet-Cookie: a=b\r\nX-Own: 1";
    try (Wire wire = Wire.answering(head, SUCCESS);
        ApiCall api = ApiCall.to(wire.uri())) {
      Exchange exchange = api.exchange(ApiCall.IMAGE, Map.of());

      assertThat(exchange.getMessage().getHeaders())
          .containsEntry("Retry-After", "3")
          .doesNotContainKeys("CamelFileName", "CamelHttpUri", "Set-Cookie", "X-Own");
    }
  }

  @Test
  void sendsNoCookiesBack() {
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/", SUCCESS);
        ApiCall api = ApiCall.to(wire.uri())) {
      api.post(ApiCall.IMAGE);
      api.post(ApiCall.IMAGE);

      assertThat(wire.heads()).hasSize(2).allMatch(head -> !head.contains("Cookie"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Encoding: gzip", "Content-Encoding: X-GZIP", "X-Nothing: said"})
  void unpacksWhatNobodyAskedToBePacked(String header) throws IOException {
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK\r\n" + header, gzip(SUCCESS));
        ApiCall api = ApiCall.to(wire.uri())) {
      assertThat(api.post(ApiCall.IMAGE).detectTaskId()).isEqualTo("t1");
      assertThat(wire.heads().get(0)).contains("Accept-Encoding: identity");
    }
  }

  @Test
  void unpacksNoBomb() throws IOException {
    String bomb = "{\"code\":200,\"padding\":\"" + "0".repeat(5_000_000) + "\"}";
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", gzip(bomb));
        ApiCall api = ApiCall.to(wire.uri())) {
      assertThat(api.failure(ApiCall.IMAGE)).hasMessageStartingWith("the answer is larger than");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=bogus", "no type"})
  void readsAnAnswerWhateverItCallsItself(String contentType) {
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK\r\nContent-Type: " + contentType, SUCCESS);
        ApiCall api = ApiCall.to(wire.uri())) {
      assertThat(api.post(ApiCall.IMAGE).detectTaskId()).isEqualTo("t1");
    }
  }

  @Test
  void goesThroughAProxy() {
    try (Wire proxy = Wire.proxy();
        ApiCall api =
            new ApiCall(sandbox.baseUri(), Duration.ofSeconds(20), WayOut.through(proxy.uri()))) {
      Answer answer = api.post(ApiCall.IMAGE);

      assertThat(answer.code()).isEqualTo(200);
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.heads().get(0))
          .startsWith(
              "POST " + sandbox.baseUri() + "/api/v1/client/job/detect-face-image HTTP/1.1");
      assertThat(sandbox.posts()).isEqualTo(1);
    }
  }

  private static void sendsOne(Sandbox server, String tokens) {
    long before = server.requests();
    try (ApiCall api = ApiCall.to(server.baseUri())) {
      long start = System.nanoTime();
      assertThat(api.post(ApiCall.image(tokens)).code()).isIn(429, 455);

      assertThat(ApiCall.since(start)).isLessThan(Duration.ofMillis(900));
    }
    assertThat(server.requests() - before).isEqualTo(1);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
