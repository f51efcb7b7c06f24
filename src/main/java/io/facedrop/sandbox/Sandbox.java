package io.facedrop.sandbox;

import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;

/** A server that keeps the API's contract, for trying and testing without a key. */
public final class Sandbox implements AutoCloseable {
  private final SandboxOptions options;
  private final Journal journal;
  private final Credits account;
  private final Contract contract;
  private final ScheduledThreadPoolExecutor timer;
  private final HttpAsyncServer server;
  private final int port;

  private Sandbox(SandboxOptions options) {
    this.options = options;
    journal = new Journal(options.record(), options.journal());
    account = new Credits(options);
    contract = new Contract(options, account, journal);
    timer = Listening.timer();
    server = Listening.server(options, contract, account, journal, timer);
    port = listen();
  }

  /**
   * Starts a sandbox, which serves when this returns.
   *
   * @throws UncheckedIOException where the port cannot be had
   */
  public static Sandbox start(SandboxOptions options) {
    return new Sandbox(options);
  }

  /** Every token that a path may bear, in the order of {@code answers.json}. */
  public static List<Token> tokens() {
    return Catalogue.shared().tokens();
  }

  public int port() {
    return port;
  }

  /** The base of all endpoints, without a slash at its end. */
  public URI baseUri() {
    try {
      return new URI(scheme().id, null, options.host(), port, null, null, null);
    } catch (URISyntaxException invalid) {
      throw new IllegalStateException("no URI can name the host " + options.host(), invalid);
    }
  }

  /** Cuts every connection, also those that wait for an answer, and frees the port. */
  @Override
  public void close() {
    timer.shutdownNow();
    server.close(CloseMode.IMMEDIATE);
    journal.close();
  }

  /** How many detection tasks were asked for, whatever the answer. */
  public long posts() {
    return journal.posts();
  }

  /** How many results were asked for, whatever the answer. */
  public long results() {
    return journal.results();
  }

  /** How many balances were asked for, whatever the answer. */
  public long balances() {
    return journal.balances();
  }

  /** How many requests arrived whole, also at endpoints that the API does not have. */
  public long requests() {
    return journal.requests();
  }

  /**
   * How many detection tasks were asked for this image.
   *
   * @throws IllegalStateException where the sandbox does not record
   */
  public long postsOf(String imageUrl) {
    return journal.postsOf(imageUrl);
  }

  /**
   * Every arrival so far, in order.
   *
   * @throws IllegalStateException where the sandbox does not record
   */
  public List<Arrival> journal() {
    return journal.arrivals();
  }

  /** The highest number of requests that were being answered at once. */
  public int maxInFlight() {
    return journal.maxInFlight();
  }

  /** Sets what is left to pay with. */
  public void credits(long balance) {
    account.credit(balance);
  }

  /** Accepts these keys from now on, or any non-empty key where there are none. */
  public void acceptKeys(Set<String> keys) {
    account.accept(keys);
  }

  /**
   * Puts tokens, such as {@code http-502} or {@code code-429/retry-after-2}, in force for every
   * request, before those of its own path.
   *
   * @throws IllegalArgumentException where a word of it is no token
   */
  public void answerAllWith(String scenario) {
    contract.order(scenario);
  }

  /** Ends what {@link #answerAllWith} began. */
  public void answerNormally() {
    contract.orderNothing();
  }

  /** Sets how late every answer is from now on. */
  public void latency(Duration latency) {
    contract.delay(latency);
  }

  private URIScheme scheme() {
    return options.sslContext() == null ? URIScheme.HTTP : URIScheme.HTTPS;
  }

  private int listen() {
    InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
    server.start();
    try {
      ListenerEndpoint endpoint = server.listen(address, scheme()).get();
      return ((InetSocketAddress) endpoint.getAddress()).getPort();
    } catch (ExecutionException refused) {
      close();
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "cannot listen on %s:%d: %s",
              options.host(),
              options.port(),
              Cause.of(refused.getCause())),
          new IOException(refused.getCause()));
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", interrupted);
    }
  }
}
