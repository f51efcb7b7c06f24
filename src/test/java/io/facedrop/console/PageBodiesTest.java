package io.facedrop.console;

import static io.facedrop.console.PageBench.OPERATOR;
import static io.facedrop.console.PageBench.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, too slow, or somebody else's, behind the real server. */
class PageBodiesTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/form-data; boundary=b0undary";
  private static final int HUGE = 200_000;

  @TempDir Path folder;
  private LedgerBench bench;
  private PageBench pages;

  @BeforeEach
  void work() {
    bench = LedgerBench.with(folder, new SettableClock(LedgerBench.START));
  }

  @AfterEach
  void stop() {
    pages.close();
    bench.close();
  }

  private void serve(String token, String viewerToken, Duration patience) throws Exception {
    Map<String, String> bounds = Map.of("facedrop.manifest.max-bytes", "1000");
    pages = PageBench.with(bench, folder, bounds, token, viewerToken, patience);
  }

  @Test
  void thatAreTooLongAreRefused() throws Exception {
    serve("", "", Duration.ofSeconds(90));
    BodyPublisher known = BodyPublishers.ofByteArray(new byte[HUGE]);
    BodyPublisher unknown = BodyPublishers.fromPublisher(known);

    for (String path : List.of("/act", "/login", "/logout", "/upload")) {
      assertThat(refusal(path, known)).as(path).isEqualTo(413);
      assertThat(refusal(path, unknown)).as("%s, without a length", path).isEqualTo(400);
    }
    assertThat(refusal("/nowhere", known)).isEqualTo(404);
    assertThat(refusal("/", known)).isEqualTo(405);
  }

  private int refusal(String path, BodyPublisher body) throws Exception {
    HttpResponse<String> answer =
        pages.send(
            pages
                .to(path, "")
                .header("Origin", pages.origin())
                .header("Content-Type", path.equals("/upload") ? PARTS : FORM)
                .POST(body));
    assertThat(answer.headers().firstValue("Connection")).as(path).hasValue("close");
    return answer.statusCode();
  }

  @Test
  void areReadFromNobodyButTheOperator() throws Exception {
    serve(OPERATOR, VIEWER, Duration.ofSeconds(90));
    String operator = pages.cookie(OPERATOR);
    String viewer = pages.cookie(VIEWER);

    for (String path : List.of("/act", "/upload", "/batch/x", "/metrics", "/nowhere")) {
      for (String origin : List.of("", "null", "https://evil.example")) {
        assertThat(pages.post(path, "x=1", origin, operator).statusCode()).isEqualTo(403);
      }
      String ours = pages.origin();
      String unknown = "facedrop=" + "0".repeat(64);
      assertThat(pages.post(path, "x=1", ours, "").statusCode()).as(path).isEqualTo(401);
      assertThat(pages.post(path, "x=1", ours, unknown).statusCode()).as(path).isEqualTo(401);
      assertThat(pages.post(path, "x=1", ours, viewer).statusCode()).as(path).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/act", "/login", "/upload"})
  void thatDripInHoldNoThreadAndAreNotWaitedForLong(String path) throws Exception {
    serve("", "", Duration.ofMillis(path.equals("/upload") ? 90_000 : 1_500));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(begun(path));
    }

    assertThat(pages.get("/", "").statusCode()).isEqualTo(200);
    if (!path.equals("/upload")) {
      await().until(() -> slow.stream().allMatch(PageBodiesTest::isClosed));
    }
    for (Socket socket : slow) {
      socket.close();
    }
    assertThat(pages.get("/", "").statusCode()).isEqualTo(200);
  }

  private Socket begun(String path) throws IOException {
    Socket socket = pages.connect();
    String type = path.equals("/upload") ? PARTS : FORM;
    OutputStream out = socket.getOutputStream();
    out.write(pages.head(path, type, 1_000).getBytes(StandardCharsets.UTF_8));
    out.flush();
    return socket;
  }

  /** A byte now and then keeps it from being idle, and does not help. */
  private static boolean isClosed(Socket socket) {
    try {
      socket.getOutputStream().write('-');
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void thatAreNoFormDoNothing() throws Exception {
    serve("", "", Duration.ofSeconds(90));

    for (String type : List.of("text/plain", "application/json", PARTS, "multipart/form-data")) {
      HttpResponse<String> answer =
          pages.send(
              pages
                  .to("/act", "")
                  .header("Origin", pages.origin())
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("form=1&what=open-gate")));
      assertThat(answer.statusCode()).as(type).isIn(400, 403);
    }
  }
}
