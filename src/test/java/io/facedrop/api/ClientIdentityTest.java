package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.NotSentException;
import io.facedrop.api.client.ClientIdentity;
import io.facedrop.api.client.WayOut;
import io.facedrop.sandbox.CorporateProxy;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SelfSigned;
import io.facedrop.sandbox.TlsFront;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClientIdentityTest {
  private static final String PASSWORD = "store-password";

  @TempDir static Path dir;
  private static SelfSigned server;
  private static SelfSigned known;
  private static SelfSigned strange;

  private final Sandbox sandbox =
      Sandbox.start(
          SandboxOptions.defaults().withRecord(true).withAcceptedKeys(Set.of(ApiCall.KEY)));

  @AfterEach
  void close() {
    sandbox.close();
  }

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = SelfSigned.create(dir.resolve("server"));
    known = SelfSigned.create(dir.resolve("known"), "CN=known", PASSWORD, "-validity 2");
    strange = SelfSigned.create(dir.resolve("strange"), "CN=strange", PASSWORD, "-validity 2");
    System.setProperty("javax.net.ssl.trustStore", server.trustStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", server.password());
  }

  @AfterAll
  static void forget() {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void isShownToTheApi(String protocol) throws Exception {
    try (TlsFront front = front(protocol);
        ApiCall api = call(front, null, known)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);

      assertThat(front.shown()).containsExactly("CN=known");
      assertThat(sandbox.posts()).isEqualTo(1);
    }
  }

  @Test
  void isShownThroughAProxyThatNeverSeesIt() throws Exception {
    try (TlsFront front = front("TLSv1.3");
        CorporateProxy proxy = CorporateProxy.of("maria", "secret-of-the-proxy");
        ApiCall api = call(front, proxy, known)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);

      assertThat(front.shown()).containsExactly("CN=known");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.tunnelled()).doesNotContain("CN=known", "known");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void thatTheApiDoesNotKnowIsNoRequest(String protocol) throws Exception {
    try (TlsFront front = front(protocol);
        ApiCall api = call(front, null, strange)) {
      // So often, for it is a race that the refusal wins at times.
      for (int n = 0; n < 20; n++) {
        assertThat(api.failure(ApiCall.IMAGE))
            .isInstanceOf(NotSentException.class)
            .hasMessageStartingWith("no secure connection with " + front.uri());
      }
      assertThat(sandbox.requests()).isZero();
    }
  }

  @Test
  void isShownToTheApiAlone() throws Exception {
    try (TlsFront front = front("TLSv1.3");
        TlsFront elsewhere = front("TLSv1.3");
        ApiCall api = call(front, null, known)) {
      assertThat(api.post(ApiCall.IMAGE).code()).isEqualTo(200);

      // Whether a step has connections of its own, or is made to use the client of the API.
      assertThat(api.failureAt(elsewhere.uri(), "")).isNotNull();
      assertThat(api.failureAt(elsewhere.uri(), "?httpClientConfigurer=#apiClient")).isNotNull();

      assertThat(front.shown()).containsExactly("CN=known");
      assertThat(elsewhere.shown()).isEmpty();
    }
  }

  @Test
  void thatIsNotThereIsNoRequest() throws Exception {
    try (TlsFront front = front("TLSv1.2");
        ApiCall api = new ApiCall(front.uri(), Duration.ofSeconds(20), WayOut.DIRECT)) {
      assertThat(api.failure(ApiCall.IMAGE)).isInstanceOf(NotSentException.class);
      assertThat(sandbox.requests()).isZero();
    }
  }

  private TlsFront front(String protocol) throws Exception {
    return TlsFront.before(sandbox.port(), server.serverContext(known), protocol);
  }

  private static ApiCall call(TlsFront front, CorporateProxy proxy, SelfSigned client)
      throws Exception {
    ClientIdentity identity = ClientIdentity.open(client.keyStore(), client.password());
    WayOut way =
        proxy == null
            ? new WayOut(null, "", "", identity)
            : new WayOut(proxy.uri(), "maria", "secret-of-the-proxy", identity);
    return new ApiCall(front.uri(), Duration.ofSeconds(20), way);
  }
}
