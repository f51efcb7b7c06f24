package io.facedrop.sandbox;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MannerTest {
  private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withRecord(true));
  private final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void answersLate() {
    long start = System.nanoTime();
    caller.post(Caller.image("slow-300ms"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(ofMillis(300));

    caller.post(Caller.image("slow-1s"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(ofMillis(1300));
  }

  @Test
  void dripsAfterAPromptHead() throws Exception {
    HttpResponse<InputStream> response =
        caller.client().send(caller.posting(Caller.image("drip")), BodyHandlers.ofInputStream());

    try (InputStream body = response.body()) {
      assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
          .isGreaterThan(600);
      long start = System.nanoTime();
      assertThat(body.readNBytes(3)).hasSize(3);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(ofMillis(900));
    }
  }

  @Test
  void neverAnswers() {
    CompletableFuture<HttpResponse<String>> hanging = caller.postAsync(Caller.image("hang"));

    Awaitility.await().until(() -> sandbox.journal().size() == 1);
    assertThat(Caller.code(caller.balance())).isEqualTo(200);
    assertThat(hanging).isNotDone();
    assertThat(sandbox.journal().get(0).code()).isZero();
  }

  @Test
  void resetsInsteadOfAnAnswer() {
    assertThatThrownBy(() -> caller.post(Caller.image("reset")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(sandbox.posts()).isEqualTo(1);
  }

  @Test
  void resetsInTheMiddleOfTheBody() throws Exception {
    HttpResponse<InputStream> response =
        caller
            .client()
            .send(caller.posting(Caller.image("reset-mid")), BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }
}
