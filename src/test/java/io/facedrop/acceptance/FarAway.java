package io.facedrop.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A long way to a server on this machine: what either side says or does reaches the other late. */
final class FarAway implements AutoCloseable {
  private final ServerSocket near;
  private final int server;
  private final Duration oneWay;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Bytes that arrive at a time; null where the sender has closed. */
  private record Parcel(byte[] bytes, long nanos) {}

  private FarAway(int server, Duration oneWay) throws IOException {
    this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.oneWay = oneWay;
  }

  static FarAway from(StrangeApi api, Duration oneWay) {
    try {
      FarAway way = new FarAway(api.port(), oneWay);
      thread(way::accept);
      return way;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + near.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket here = near.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        carry(here, there);
        carry(there, here);
      }
    } catch (IOException ended) {
      // As it does when the test is over.
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Parcel> way = new LinkedBlockingQueue<>();
    thread(() -> send(from, way));
    thread(() -> deliver(way, to));
  }

  private void send(Socket from, BlockingQueue<Parcel> way) {
    byte[] buffer = new byte[8192];
    int count = 0;
    while (count >= 0) {
      try {
        count = from.getInputStream().read(buffer);
      } catch (IOException reset) {
        count = -1;
      }
      byte[] bytes = count < 0 ? null : Arrays.copyOf(buffer, count);
      way.add(new Parcel(bytes, System.nanoTime() + oneWay.toNanos()));
    }
  }

  private void deliver(BlockingQueue<Parcel> way, Socket to) {
    try (to) {
      Parcel parcel = arrived(way);
      while (parcel.bytes() != null) {
        to.getOutputStream().write(parcel.bytes());
        parcel = arrived(way);
      }
    } catch (IOException gone) {
      // Nobody is there to hear it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Parcel arrived(BlockingQueue<Parcel> way) throws InterruptedException {
    Parcel parcel = way.take();
    closed.await(parcel.nanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    return parcel;
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "far-away");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      near.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
