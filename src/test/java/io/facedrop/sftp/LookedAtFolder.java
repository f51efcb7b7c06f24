package io.facedrop.sftp;

import io.facedrop.ledger.model.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a watch over a folder of a server that nobody connects to. */
abstract class LookedAtFolder {
  static final String PLACE = "sftp://partner@host/in";

  @TempDir Path home;
  final AtomicLong nanos = new AtomicLong();
  FolderWatch watch;
  Endpoint dropped;
  Endpoint pickedUp;
  private DefaultCamelContext context;
  private PickUpsLedger ledger;

  @BeforeEach
  void start() {
    context = new DefaultCamelContext();
    context.start();
    ledger = new PickUpsLedger(home);
    watch =
        new FolderWatch(PLACE, Duration.ofSeconds(5), ledger.deliveries(), () -> true, nanos::get);
    dropped = context.getEndpoint(PLACE);
    pickedUp = context.getEndpoint(PLACE + "/.work");
  }

  @AfterEach
  void stop() {
    ledger.close();
    context.stop();
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** What another process reads of all places. */
  List<String> troubles() {
    return ledger.links().stream().map(Link::trouble).toList();
  }
}
