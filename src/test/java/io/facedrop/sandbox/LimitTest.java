package io.facedrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final SandboxOptions DEFAULTS = SandboxOptions.defaults();

  @Test
  void answers429OverTheLimit() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withRequestsPerSecond(5))) {
      List<HttpResponse<String>> responses = new Caller(sandbox).postAtOnce(50);

      List<HttpResponse<String>> refused =
          responses.stream().filter(response -> Caller.code(response) == 429).toList();
      assertThat(refused).hasSizeBetween(25, 45);
      assertThat(refused)
          .allMatch(response -> response.headers().firstValue("Retry-After").get().equals("1"));
      assertThat(sandbox.posts()).isEqualTo(50);
    }
  }

  @Test
  void admitsASteadyPaceAtTheLimit() {
    RateLimit limit = new RateLimit(20);

    for (long request = 0; request < 1000; request++) {
      assertThat(limit.admits(request * 50_000_000)).isTrue();
    }
  }

  @Test
  void takesACreditForEverySuccess() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withCredits(2))) {
      Caller caller = new Caller(sandbox);

      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(Caller.code(caller.post(Caller.image("code-500")))).isEqualTo(500);
      assertThat(caller.balance().body())
          .isEqualTo("{\"code\":200,\"message\":\"success\",\"data\":{\"balance\":1}}");
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(402);

      sandbox.credits(1);
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(402);
    }
  }

  @Test
  void acceptsOnlyTheKeysThatItIsGiven() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withAcceptedKeys(Set.of("right")))) {
      Caller caller = new Caller(sandbox);

      assertThat(Caller.code(caller.withKey("wrong").balance())).isEqualTo(401);
      assertThat(Caller.code(caller.withKey("right").balance())).isEqualTo(200);

      sandbox.acceptKeys(Set.of("other"));
      assertThat(Caller.code(caller.withKey("right").balance())).isEqualTo(401);
      sandbox.acceptKeys(Set.of());
      assertThat(Caller.code(caller.withKey("wrong").balance())).isEqualTo(200);
    }
  }

  @Test
  void neverShowsAKey() {
    SandboxOptions options = DEFAULTS.withRecord(true).withAcceptedKeys(Set.of("secret-1"));
    try (Sandbox sandbox = Sandbox.start(options)) {
      HttpResponse<String> response = new Caller(sandbox).withKey("secret-2").post(Caller.IMAGE);

      assertThat(response.body() + response.headers() + sandbox.journal() + options)
          .doesNotContain("secret");
    }
  }

  @Test
  void failsTheShareThatItIsTold() {
    List<Integer> codes = codesWithSeed(7);

    assertThat(codes).isEqualTo(codesWithSeed(7)).isNotEqualTo(codesWithSeed(8));
    assertThat(codes.stream().filter(code -> code == 500).count()).isBetween(40L, 80L);
    assertThat(codes).containsOnly(200, 500);
  }

  private static List<Integer> codesWithSeed(long seed) {
    List<Integer> codes = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withFailureShare(0.3).withSeed(seed))) {
      Caller caller = new Caller(sandbox);
      for (int request = 0; request < 200; request++) {
        codes.add(Caller.code(caller.post(Caller.IMAGE)));
      }
    }
    return codes;
  }
}
