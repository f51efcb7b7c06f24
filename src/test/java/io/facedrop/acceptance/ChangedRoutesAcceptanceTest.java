package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.acceptance.StrangeApi.Arrival;
import io.facedrop.acceptance.StrangeApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routes are meant to be changed: whatever a change does, no row is paid for twice unasked, every
 * POST is in the ledger, and every task that the API named is kept. The server's journal tells.
 */
@Timeout(600)
class ChangedRoutesAcceptanceTest {
  private static final int RUNS = Integer.getInteger("routes.runs", 6);
  private static final List<Integer> EXPECTED = List.of(0, 2, 3, 75);
  private static final long SEED = Long.getLong("routes.seed", System.nanoTime());

  @TempDir Path folder;
  private StrangeApi api;
  private StrangeApi hook;
  private String nobody;

  @BeforeEach
  void start() throws IOException {
    api = new StrangeApi();
    hook = new StrangeApi();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + free.getLocalPort() + "/hook";
    }
  }

  @AfterEach
  void stop() {
    api.close();
    hook.close();
  }

  @Test
  void aRefusedHookBehindTheAnswerCostsNoTaskTwice() {
    try (Installation facedrop = installed("hook")) {
      new ChangedRoutes(new Random(1), nobody, hook())
          .addAfter("detect-faces", "post-image", ChangedRoutes.to(nobody))
          .writeTo(facedrop);

      assertThat(run(facedrop, facedrop.manifest("m.csv", 3, Map.of()))).isZero();

      assertThat(api.creates()).hasSize(3);
      holds(facedrop, List.of("a refused hook"));
    }
  }

  @Test
  void aCopyThatFailsBehindTheAnswerLosesNoTask() {
    try (Installation facedrop = installed("copy")) {
      new ChangedRoutes(new Random(1), nobody, hook())
          .addAfter("detect-faces", "read-answer", ChangedRoutes.to("file:/dev/null/copies"))
          .writeTo(facedrop);

      assertThat(run(facedrop, facedrop.manifest("m.csv", 3, Map.of()))).isZero();

      assertThat(facedrop.rows("success")).hasSize(3);
      holds(facedrop, List.of("a copy that fails"));
    }
  }

  @Test
  void aBranchThatTakes200WithoutATaskPaysOnce() {
    api.behave(request -> request.creates() ? StrangeApi.success("") : api.usual(request));
    try (Installation facedrop = installed("branch")) {
      new ChangedRoutes(new Random(1), nobody, hook())
          .when("detect-faces", "branch-on-code", 0, "${variable.code} == 200")
          .writeTo(facedrop);

      assertThat(run(facedrop, facedrop.manifest("m.csv", 1, Map.of()))).isEqualTo(3);

      assertThat(api.creates()).hasSize(1);
      assertThat(facedrop.rows("dead-letter"))
          .singleElement()
          .satisfies(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
    }
  }

  @Test
  void aStepThatPostsAgainIsKeptFromPayingAgain() {
    try (Installation facedrop = installed("again")) {
      String create = "{{facedrop.api.base-url}}/api/v1/client/job/detect-face-image";
      new ChangedRoutes(new Random(1), nobody, hook())
          .addAfter("detect-faces", "read-answer", ChangedRoutes.to(create + "?httpMethod=POST"))
          .addAfter("collect-faces", "read-result", ChangedRoutes.to(create + "?httpMethod=POST"))
          .writeTo(facedrop);

      assertThat(run(facedrop, facedrop.manifest("m.csv", 3, Map.of()))).isZero();

      assertThat(api.creates()).hasSize(3);
      holds(facedrop, List.of("posts again"));
    }
  }

  @Test
  void whateverIsChangedNothingIsPaidTwiceAndNoTaskIsLost() {
    System.out.println("routes.seed=" + SEED + ", routes.runs=" + RUNS);
    int started = 0;
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      Random random = new Random(seed);
      answersBy(random);
      try (Installation facedrop = installed("run-" + run)) {
        ChangedRoutes routes =
            new ChangedRoutes(random, nobody, hook()).change(1 + random.nextInt(3));
        routes.writeTo(facedrop);
        Path manifest = facedrop.manifest("m" + run + ".csv", 12, Map.of(run, "x" + run));
        int exit = run(facedrop, manifest);
        started += exit == 2 ? 0 : 1;
        holds(facedrop, List.of("seed " + seed, routes.changes().toString()));
      }
      api.close();
      api = new StrangeApi();
    }
    assertThat(started).as("routes that Camel takes").isPositive();
  }

  /** Some rows are answered what they are answered for good, others once. */
  private void answersBy(Random random) {
    Map<Integer, Integer> fates =
        random.ints(12, 0, 9).boxed().collect(Collectors.toMap(fate -> random.nextInt(), f -> f));
    List<Integer> list = List.copyOf(fates.values());
    Set<String> seen = new HashSet<>();
    api.behave(
        request -> {
          if (!request.creates()) {
            return api.usual(request);
          }
          if (request.url() == null) {
            return Reply.code(422);
          }
          String row = request.url().replaceAll("\\D", "");
          int fate = list.get(Math.floorMod(row.hashCode(), list.size()));
          boolean first;
          synchronized (seen) {
            first = seen.add(request.url());
          }
          return switch (fate) {
            case 0 -> Reply.code(422);
            case 1 -> first ? Reply.code(500) : api.usual(request);
            case 2 -> first ? Reply.code(429).with("Retry-After: 0") : api.usual(request);
            case 3 -> StrangeApi.success("");
            case 4 -> Reply.of(502, "<html>gateway</html>");
            case 5 ->
                Reply.of(200, api.usual(request).body().replace("\"code\":200", "\"code\":207"));
            case 6 -> Reply.cut();
            default -> api.usual(request);
          };
        });
    hook.behave(request -> random.nextInt(3) == 0 ? Reply.cut() : hook.usual(request));
  }

  private Installation installed(String name) {
    Path home = folder.resolve(name);
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new Installation(home, api.uri().toString())
        .with("facedrop.api.rate", "unlimited")
        .with("facedrop.retry.initial-delay", "20ms")
        .with("facedrop.retry.max-delay", "200ms")
        .with("facedrop.gate.trip-after", "1000")
        .with("facedrop.gate.max-pause", "300ms")
        .with("facedrop.faces.poll-ages", "300ms")
        .with("facedrop.faces.poll-interval", "300ms");
  }

  private String hook() {
    return hook.uri() + "/hook";
  }

  private static int run(Installation facedrop, Path manifest) {
    Cli program = facedrop.start("run", "--max-wait=2s", manifest.toString());
    int exit = program.exitCode();
    assertThat(exit).as(program.said()).isIn(EXPECTED);
    if (exit == 2) {
      // What Camel does not take is told at start.
      assertThat(program.said()).contains("the routes could not be started");
    }
    return exit;
  }

  @Test
  void aHookBesideTheRequestDoesNotSeeTheKey() {
    try (Installation facedrop = installed("key")) {
      new ChangedRoutes(new Random(1), nobody, hook())
          .addAfter("detect-faces", "image-url-as-json", ChangedRoutes.to(hook()))
          .add("detect-faces", 4, ChangedRoutes.to(hook()))
          .addAfter("detect-faces", "read-answer", ChangedRoutes.to(hook()))
          .writeTo(facedrop);

      run(facedrop, facedrop.manifest("m.csv", 3, Map.of()));

      assertThat(hook.journal()).isNotEmpty();
      holds(facedrop, List.of("a hook"));
    }
  }

  /** The journal against the ledger. */
  private void holds(Installation facedrop, List<String> what) {
    assertThat(hook.journal()).allSatisfy(call -> assertThat(call.request().key()).isNull());
    Map<String, List<Arrival>> byUrl =
        api.creates().stream()
            .filter(arrival -> arrival.request().url() != null)
            .collect(Collectors.groupingBy(arrival -> arrival.request().url()));
    byUrl.forEach(
        (url, posts) ->
            assertThat(posts.subList(0, posts.size() - 1))
                .as("POSTs before the last of %s, %s", url, what)
                .allSatisfy(post -> assertThat(post.isRefused()).isTrue()));
    if (!Files.exists(facedrop.folder.resolve("data/ledger.db"))) {
      assertThat(api.creates()).isEmpty();
      return;
    }
    long recorded = facedrop.number("select sum(requests) from batch");
    long arrived = api.journal().stream().filter(StrangeApi.Arrival::isOfARow).count();
    assertThat(recorded).as("requests in the ledger, %s", what).isEqualTo(arrived);
    List<String> kept = facedrop.ledger().texts("select detect_task_id from progress");
    Set<String> named =
        api.creates().stream()
            .map(Arrival::task)
            .filter(task -> task != null)
            .collect(Collectors.toSet());
    assertThat(kept).as("tasks, %s", what).containsAll(named);
  }
}
