package io.facedrop.bench.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * All connections on one thread: what contenders and endpoint share is the machine, so an answer
 * has to cost little, and at most one core.
 */
final class EventLoop {
  private static final int BACKLOG = 4096;

  /**
   * A selector waits whole milliseconds: half of one too early and too late are alike on average.
   */
  private static final long CLOSE_ENOUGH_NANOS = 500_000;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final Tally tally = new Tally();

  /** Every answer takes the same time, so they are due in the order in which they came. */
  private final Queue<Delayed> delayed = new ArrayDeque<>();

  private record Delayed(long due, Connection connection, long arrival, byte[] answer) {}

  EventLoop() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  int port() {
    return server.socket().getLocalPort();
  }

  void run() throws IOException {
    while (true) {
      long wait = untilDue();
      if (wait == 0) {
        selector.selectNow(this::handle);
      } else {
        selector.select(this::handle, wait < 0 ? 0 : wait);
      }
      sendDue();
    }
  }

  Tally tally() {
    return tally;
  }

  /** Sends the answer now or when its time has come. */
  void answer(Connection connection, long arrival, byte[] answer) throws IOException {
    if (tally.latencyNanos() == 0) {
      connection.write(answer);
      tally.answered(arrival, arrival);
    } else {
      delayed.add(new Delayed(arrival + tally.latencyNanos(), connection, arrival, answer));
    }
  }

  /** Milliseconds, 0 for now, -1 if nothing waits. */
  private long untilDue() {
    Delayed next = delayed.peek();
    if (next == null) {
      return -1;
    }
    long nanos = next.due - System.nanoTime();
    return nanos <= CLOSE_ENOUGH_NANOS ? 0 : Math.max(1, Math.round(nanos / 1e6));
  }

  private void sendDue() throws IOException {
    long now = System.nanoTime();
    while (!delayed.isEmpty() && delayed.peek().due - now <= CLOSE_ENOUGH_NANOS) {
      Delayed next = delayed.remove();
      next.connection.write(next.answer);
      next.connection.flush();
      now = System.nanoTime();
      tally.answered(next.arrival, now);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        ((Connection) key.attachment()).ready();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new Connection(this, channel, key));
    }
  }
}
