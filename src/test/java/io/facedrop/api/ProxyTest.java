package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.NotSentException;
import io.facedrop.api.client.WayOut;
import io.facedrop.sandbox.CorporateProxy;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SelfSigned;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyTest {
  private static final SandboxOptions OPTIONS =
      SandboxOptions.defaults().withRecord(true).withAcceptedKeys(Set.of(ApiCall.KEY));
  private static final String USER = "maria";
  private static final String PASSWORD = "pa:ss wört";
  private static final String BASIC =
      Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  @TempDir static Path dir;
  private static SSLContext before;
  private static Sandbox https;

  @BeforeAll
  static void start() throws Exception {
    SelfSigned certificate = SelfSigned.create(dir);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificate.clientContext());
    https = Sandbox.start(OPTIONS.withSslContext(certificate.serverContext()));
  }

  @AfterAll
  static void end() {
    SSLContext.setDefault(before);
    https.close();
  }

  @Test
  void seesThePasswordButNeitherKeyNorImageOfAnHttpsApi() throws IOException {
    long sent = https.posts();
    try (CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api = call(https.baseUri(), proxy, USER, PASSWORD)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);

      assertThat(https.posts() - sent).isEqualTo(2);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT " + https.baseUri().getAuthority() + " HTTP/1.1\n")
          .contains("Proxy-Authorization: Basic " + BASIC)
          .doesNotContain(ApiCall.KEY, "x-api-key", "source.png");
      assertThat(proxy.tunnelled()).isNotEmpty().doesNotContain(ApiCall.KEY, "source.png", BASIC);
    }
  }

  @Test
  void aloneGetsThePasswordWhenTheApiIsPlainHttp() throws IOException {
    String success = "{\"code\":200,\"data\":{\"detect_task_id\":\"t1\"}}";
    try (Wire wire = Wire.answering("HTTP/1.1 200 OK", success);
        CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api = call(wire.uri(), proxy, USER, PASSWORD)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("POST " + wire.uri() + "/api/v1/")
          .contains("Proxy-Authorization: Basic " + BASIC);
      assertThat(wire.heads())
          .singleElement()
          .asString()
          .contains("x-api-key: " + ApiCall.KEY)
          .doesNotContainIgnoringCase("authorization")
          .doesNotContain(BASIC, PASSWORD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic realm=\"api\"", "Digest realm=\"api\", nonce=\"1\""})
  void aloneGetsThePasswordWhenTheApiAsksForOneToo(String challenge) throws IOException {
    String head = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge;
    try (Wire wire = Wire.answering(head, "{\"code\":401}");
        CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api = call(wire.uri(), proxy, USER, PASSWORD)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(401);

      assertThat(wire.heads())
          .singleElement()
          .asString()
          .doesNotContainIgnoringCase("authorization");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wrong, 'answered 407 to CONNECT'",
    "'', 'answered 407 to CONNECT'",
  })
  void isAskedOnceWithAWrongPassword(String password, String said) throws IOException {
    long sent = https.requests();
    try (CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api = call(https.baseUri(), proxy, password.isEmpty() ? "" : USER, password)) {
      assertThat(api.failure(ApiCall.IMAGE))
          .isInstanceOf(NotSentException.class)
          .hasMessage(
              "the proxy %s %s %s; check facedrop.api.proxy-user and facedrop.api.proxy-password"
                      .formatted(proxy.uri(), said, https.baseUri().getAuthority())
                  + " (it must accept Basic)");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(https.requests()).isEqualTo(sent);
    }
  }

  @Test
  void thatRefusesAPlainRequestKeptItFromTheApi() throws IOException {
    try (Sandbox http = Sandbox.start(OPTIONS);
        CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api = call(http.baseUri(), proxy, USER, "wrong")) {
      assertThat(api.failure(ApiCall.IMAGE))
          .isInstanceOf(NotSentException.class)
          .hasMessageContaining("answered 407 to us; check facedrop.api.proxy-user");
      assertThat(http.requests()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content",
        "302 Found\r\nLocation: http://127.0.0.1:1/",
        "400 Bad Request",
        "401 Unauthorized",
        "402 Payment Required",
        "403 Forbidden",
        "404 Not Found",
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate",
        "422 Unprocessable",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "501 Not Implemented",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "505 Version",
        "close",
        "hang",
        "drip"
      })
  void thatMakesNoTunnelIsNeverTakenForTheApi(String manner) throws IOException {
    long sent = https.requests();
    Duration longest = Duration.ofMillis(manner.matches("hang|drip") ? 700 : 20_000);
    try (CorporateProxy proxy = CorporateProxy.open();
        ApiCall api = new ApiCall(https.baseUri(), longest, WayOut.through(proxy.uri()))) {
      proxy.goWrong(manner);
      for (int n = 0; n < 5; n++) {
        // More than there is room for in the pool: none may keep its place.
        assertThat(api.failure(ApiCall.IMAGE))
            .isInstanceOf(NotSentException.class)
            .hasMessageStartingWith("the proxy " + proxy.uri())
            .hasMessageMatching("(?s).*(check facedrop\\.api\\.proxy|ask its administrator).*");
      }
      assertThat(proxy.heads()).hasSize(5);
      assertThat(https.requests()).isEqualTo(sent);

      proxy.goWrong("");
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);
    }
  }

  @Test
  void thatNobodyListensAsIsToldAsSuch() throws IOException {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    try (ApiCall api =
        new ApiCall(https.baseUri(), Duration.ofSeconds(20), WayOut.through(nobody))) {
      assertThat(api.failure(ApiCall.IMAGE))
          .isInstanceOf(NotSentException.class)
          .hasMessageStartingWith(
              "the proxy " + nobody + " cannot be reached; check facedrop.api.proxy (");
    }
  }

  @Test
  void thatNobodyKnowsIsToldAsSuch() {
    URI unknown = URI.create("http://proxy.invalid:3128");
    try (ApiCall api =
        new ApiCall(https.baseUri(), Duration.ofSeconds(20), WayOut.through(unknown))) {
      assertThat(api.failure(ApiCall.IMAGE))
          .isInstanceOf(NotSentException.class)
          .hasMessageStartingWith("the proxy " + unknown + " cannot be reached; check");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drip", "hang"})
  void leavesTheDeadlineOfAnAnswerAsItIs(String token) throws IOException {
    long sent = https.posts();
    try (CorporateProxy proxy = CorporateProxy.of(USER, PASSWORD);
        ApiCall api =
            new ApiCall(
                https.baseUri(),
                Duration.ofMillis(800),
                new WayOut(proxy.uri(), USER, PASSWORD, null))) {
      long start = System.nanoTime();
      assertThat(api.failure(ApiCall.image(token)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(NotSentException.class)
          .hasMessage("no complete answer within 800ms");

      assertThat(ApiCall.since(start)).isGreaterThan(Duration.ofMillis(700));
      assertThat(https.posts() - sent).isEqualTo(1);
    }
  }

  private static ApiCall call(URI base, CorporateProxy proxy, String user, String password) {
    return new ApiCall(base, Duration.ofSeconds(20), new WayOut(proxy.uri(), user, password, null));
  }
}
