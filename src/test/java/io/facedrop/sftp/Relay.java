package io.facedrop.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Stands between a client and a server on loopback, and drops connections when it is told to. */
public final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private volatile LongSupplier budget = () -> Long.MAX_VALUE;

  private Relay(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** Begins to relay to a port. */
  public static Relay to(int port) {
    try {
      Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
      start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
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
    open.forEach(Relay::close);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        connections.incrementAndGet();
        connect(client);
      } catch (IOException closed) {
        // The end, or a server that is down: then the client sees its connection end at once.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException down) {
      close(client);
      throw down;
    }
    open.add(client);
    open.add(server);
    AtomicLong left = new AtomicLong(budget.getAsLong());
    AtomicLong carried = new AtomicLong();
    start(() -> pump(client, server, left, carried));
    start(() -> pump(server, client, left, carried));
  }

  private void pump(Socket from, Socket to, AtomicLong left, AtomicLong carried) {
    byte[] chunk = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        long rest = left.addAndGet(-count);
        if (rest < 0) {
          // Of both ways, only the one that went beyond counts.
          cuts.addAndGet(rest + count >= 0 ? 1 : 0);
          return;
        }
        out.write(chunk, 0, count);
        longest.accumulateAndGet(carried.addAndGet(count), Math::max);
      }
    } catch (IOException ended) {
      // Either side has gone; so does the other.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // Closed is what it should be.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
