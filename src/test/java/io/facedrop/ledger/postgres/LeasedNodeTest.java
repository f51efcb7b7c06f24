package io.facedrop.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.jdbc.NodeIdentity;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LeasedNodeTest {
  private static final Duration LEASE = Duration.ofSeconds(2);

  @Test
  void aHeartbeatThatHangsDoesNotKeepTheNodeAlive() throws Exception {
    CountDownLatch silence = new CountDownLatch(1);
    long start = System.nanoTime();
    LeasedNode node =
        new LeasedNode(
            silent(silence),
            new NodeIdentity("one", LEASE, "", true),
            1,
            start,
            System::nanoTime,
            new ServerTime(System::nanoTime, 0, start, start));
    CompletableFuture<Throwable> lost = new CompletableFuture<>();
    node.whenLost(lost::complete);

    node.start();

    assertThat(node.lasts(Duration.ofMillis(500))).isTrue();
    assertThat(lost.get(10, TimeUnit.SECONDS)).hasMessageContaining("does not answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LEASE.plusMillis(500));
    assertThat(node.lasts(Duration.ZERO)).isFalse();
    silence.countDown();
  }

  /** Of a server from which no answer comes. */
  private static DataSource silent(CountDownLatch silence) {
    return (DataSource)
        Proxy.newProxyInstance(
            LeasedNodeTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              silence.await();
              throw new java.sql.SQLException("closed");
            });
  }
}
