package io.facedrop.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/** Says whether this process lives, and whether it can work; in words where it does not. */
public final class Health {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Ledger ledger;
  private final BooleanSupplier broken;
  private final LongSupplier nanos;
  private CompletableFuture<Void> write;
  private long writtenNanos;

  /**
   * @param broken whether a thread of ours could not go on
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public Health(Ledger ledger, BooleanSupplier broken, LongSupplier nanos) {
    this.ledger = ledger;
    this.broken = broken;
    this.nanos = nanos;
  }

  /** Whether the process and its threads go on; if not, it is to be started again. */
  public void live(Exchange exchange) {
    answer(exchange, trouble());
  }

  /** Whether it can work: it may write the ledger, and others do not take it for dead. */
  public void ready(Exchange exchange) throws InterruptedException {
    Optional<String> trouble = trouble().or(this::leaseTrouble);
    answer(exchange, trouble.isPresent() ? trouble : ledgerTrouble());
  }

  private Optional<String> trouble() {
    return broken.getAsBoolean()
        ? Optional.of("a thread of facedrop cannot go on, so the process ends; start it again")
        : Optional.empty();
  }

  private Optional<String> leaseTrouble() {
    return ledger.lasts(Duration.ZERO)
        ? Optional.empty()
        : Optional.of("the lease of this node has ended, so it sends nothing more");
  }

  private Optional<String> ledgerTrouble() throws InterruptedException {
    try {
      write().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException late) {
      return Optional.of("the ledger takes longer than 5 s to write; facedrop waits for it");
    } catch (ExecutionException unwritten) {
      return Optional.of("the ledger cannot be written, as the log says; facedrop waits for it");
    }
  }

  /** One for all who ask within a second, and none beside one that has not ended. */
  private synchronized CompletableFuture<Void> write() {
    long now = nanos.getAsLong();
    boolean fresh = write != null && now - writtenNanos < FRESH.toNanos();
    if (!fresh && (write == null || write.isDone())) {
      write = ledger.vitals().tryWriting();
      writtenNanos = now;
    }
    return write;
  }

  private void answer(Exchange exchange, Optional<String> trouble) {
    ObjectNode body = mapper.createObjectNode();
    body.put("status", trouble.isEmpty() ? "up" : "down");
    trouble.ifPresent(why -> body.put("why", why));
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, code(trouble));
    exchange.getMessage().setBody(bytes(body));
  }

  private static int code(Optional<String> trouble) {
    return trouble.isEmpty() ? OK : UNAVAILABLE;
  }

  private byte[] bytes(ObjectNode body) {
    try {
      return (mapper.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
