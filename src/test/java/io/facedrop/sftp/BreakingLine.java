package io.facedrop.sftp;

import io.facedrop.network.Listener;
import io.facedrop.network.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Stands between a client and a server on loopback, and drops connections when it is told to. */
public final class BreakingLine implements AutoCloseable {
  private final int target;
  private final Listener listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private volatile LongSupplier budget = () -> Long.MAX_VALUE;

  private BreakingLine(int target) {
    this.target = target;
    this.listener = Listener.plain(this::serve);
  }

  /** Begins to carry what comes to a port. */
  public static BreakingLine to(int port) {
    return new BreakingLine(port);
  }

  public int port() {
    return listener.port();
  }

  /** How many connections came. */
  public int connections() {
    return connections.get();
  }

  /** How many connections ran out of bytes. */
  public int cuts() {
    return cuts.get();
  }

  /** The most bytes that one connection has carried, both ways together. */
  public long longest() {
    return longest.get();
  }

  /** From now on each new connection is cut after so many bytes, both ways together. */
  public void cutAfter(LongSupplier bytes) {
    budget = bytes;
  }

  /** Cuts what is open now. */
  public void cut() {
    listener.cut();
  }

  /** While the server is down, the client sees its connection end at once. */
  private void serve(Socket client) throws IOException {
    connections.incrementAndGet();
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    AtomicLong left = new AtomicLong(budget.getAsLong());
    AtomicLong carried = new AtomicLong();
    Relay.Watch either = (bytes, count) -> take(count, left, carried);
    Relay.between(client, server, either, either);
  }

  private void take(int count, AtomicLong left, AtomicLong carried) throws IOException {
    long rest = left.addAndGet(-count);
    if (rest < 0) {
      // Of both ways, only the one that went beyond counts.
      cuts.addAndGet(rest + count >= 0 ? 1 : 0);
      throw new IOException("cut");
    }
    longest.accumulateAndGet(carried.addAndGet(count), Math::max);
  }

  @Override
  public void close() {
    listener.close();
  }
}
