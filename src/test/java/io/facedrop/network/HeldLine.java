package io.facedrop.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A relay to a local server on which a request can be held up, as if its sender were frozen. */
public final class HeldLine implements AutoCloseable {
  private final int port;
  private final Listener listener;
  private volatile String word = "";
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile CountDownLatch released = new CountDownLatch(0);

  private HeldLine(int port) {
    this.port = port;
    listener = Listener.plain(this::carry);
  }

  public static HeldLine to(int port) {
    return new HeldLine(port);
  }

  /** The same address, through here. */
  public String through(String url) {
    return url.replace(":" + port + "/", ":" + listener.port() + "/");
  }

  /** The next request with this word in it goes no further until it is released. */
  public void hold(String next) {
    held = new CountDownLatch(1);
    released = new CountDownLatch(1);
    word = next;
  }

  /** Whether it has come. */
  public boolean isHeld() {
    return held.getCount() == 0;
  }

  /** Lets it go on. */
  public void release() {
    released.countDown();
  }

  private void carry(Socket here) throws IOException {
    Relay.between(
        here,
        new Socket(InetAddress.getLoopbackAddress(), port),
        (bytes, count) -> {
          if (isWanted(bytes, count)) {
            held.countDown();
            await(released);
          }
        },
        (bytes, count) -> {});
  }

  private synchronized boolean isWanted(byte[] bytes, int count) {
    boolean found =
        !word.isEmpty() && new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(word);
    if (found) {
      word = "";
    }
    return found;
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    release();
    listener.close();
  }
}
