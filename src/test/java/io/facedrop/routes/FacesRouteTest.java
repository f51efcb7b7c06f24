package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that sends the request of a row: what each answer does to the row and to the gate. */
abstract class FacesRouteTest extends RouteTest {
  private static final String PROVEN = "https://a.example/first.png\n";
  private static final String ROW =
      """
      select state || ' ' || coalesce(reason, '-') || ' ' || coalesce(code, '-') || ' '
             || attempts || ' ' || requests
        from progress
       order by id desc
       limit 1
      """;

  final BlockingQueue<Set<String>> headersAtEnd = new LinkedBlockingQueue<>();

  abstract String route();

  /** The step that sends the request. */
  abstract String request();

  /** With which the tokens begin that the sandbox answers this request by. */
  abstract String tokens();

  /** How a row stands that is kept: its state, reason, code and attempts. */
  abstract String kept(String code);

  /** How many requests for a row there are with the first one of this route. */
  abstract int requests();

  /** That nothing is lost of a row that is kept. */
  void assertKept() throws SQLException {}

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 505})
  void haltsTheGateAndKeepsTheRowOpen(int code) throws Exception {
    work(tokens() + "code-" + code);
    soon()
        .until(
            () ->
                gate.state().halted()
                    && query("select 1 from claim").isEmpty()
                    && requested() == batch().requests());
    assertThat(gate.state().halt().code()).isEqualTo(code);
    // Another worker may have had it in hand by a permit from before, and given it back unsent.
    assertThat(row()).matches(kept("(" + code + "|-)") + " " + requests());
    assertKept();
    addsUp(2);
  }

  @ParameterizedTest
  @CsvSource({"code-429, 429", "code-455, 455", "http-503, -", "code-429/retry-after-60, 429"})
  void pausesTheGateAndKeepsTheRowOpen(String token, String code) throws Exception {
    work(tokens() + token);
    String row = kept(code) + " [" + requests() + "-9].*";
    soon().untilAsserted(() -> assertThat(row()).matches(row));
    // The gate keeps its events in its own time, after the row's verdict.
    soon()
        .untilAsserted(
            () ->
                assertThat(query("select detail from event"))
                    .anyMatch(it -> it.startsWith("pausing for ")));
    context.stop();
    assertKept();
    addsUp(2);
  }

  void accept(String lines) throws IOException {
    prepared.accept(PreparedLedger.manifest(home.resolve("m.txt"), lines));
  }

  /** Works a row that is answered by this token, after one that proves the address. */
  void work(String token) throws Exception {
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
  }

  /** The last row: its state, reason, code, attempts and requests. */
  String row() throws SQLException {
    return String.join("", query(ROW));
  }

  void settlesTheRow(String token, String settled) throws Exception {
    work(token);
    soon().until(() -> batch().open() == 0);
    assertThat(row()).isEqualTo(settled);
    addsUp(2);
  }

  /** Looks before the request whether the key is there, and at the end which headers are. */
  void watchTheKey() throws Exception {
    weave(route(), route -> route.weaveById(request()).before().process(this::watch));
  }

  /** The same, and then a step of the user's fails. */
  void failBeforeTheRequest(Throwable failure) throws Exception {
    weave(
        route(),
        route ->
            route
                .weaveById(request())
                .before()
                .process(
                    exchange -> {
                      watch(exchange);
                      exchange.setProperty(Exchange.TO_ENDPOINT, "something of the user's");
                      throwAny(failure);
                    }));
  }

  private void watch(Exchange exchange) {
    assertThat(exchange.getMessage().getHeader("x-api-key")).isEqualTo(KEY);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                headersAtEnd.add(Set.copyOf(done.getMessage().getHeaders().keySet()));
              }
            });
  }

  void assertNoKeyAtTheEnd() throws InterruptedException {
    assertThat(headersAtEnd.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("x-api-key");
  }

  @SuppressWarnings("unchecked")
  static <T extends Throwable> void throwAny(Throwable failure) throws T {
    throw (T) failure;
  }

  Batch batch() {
    return ledger.newestBatches(1).get(0);
  }

  private long requested() {
    return sandbox.posts() + sandbox.results();
  }

  void addsUp(long rows) {
    Batch batch = batch();
    assertThat(batch.rows()).isEqualTo(rows);
    assertThat(batch.succeeded() + batch.dead() + batch.open()).isEqualTo(rows);
    assertThat(requested()).isEqualTo(batch.requests());
  }
}
