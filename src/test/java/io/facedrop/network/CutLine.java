package io.facedrop.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay to a local server that loses an answer: it cuts the line when that comes. */
public final class CutLine implements AutoCloseable {
  private final int port;
  private final ServerSocket listening;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile String word = "";

  private CutLine(int port) throws IOException {
    this.port = port;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  public static CutLine to(int port) throws IOException {
    CutLine line = new CutLine(port);
    Thread accepting = new Thread(line::accept, "cut-line");
    accepting.setDaemon(true);
    accepting.start();
    return line;
  }

  /** The same address, through here. */
  public String through(String url) {
    return url.replace(":" + port + "/", ":" + listening.getLocalPort() + "/");
  }

  /** The answer to the next request with this word in it is lost. */
  public void cutAfter(String next) {
    word = next;
  }

  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket here = listening.accept();
        new Thread(() -> carry(here), "cut-line").start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void carry(Socket here) {
    boolean[] said = new boolean[1];
    try {
      Relay.between(
          here,
          new Socket(InetAddress.getLoopbackAddress(), port),
          (bytes, count) -> said[0] |= isSaid(bytes, count),
          (bytes, count) -> {
            if (said[0]) {
              cuts.incrementAndGet();
              throw new IOException("cut");
            }
          });
    } catch (IOException ended) {
      // As it may.
    }
  }

  private boolean isSaid(byte[] bytes, int count) {
    boolean found =
        !word.isEmpty() && new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(word);
    if (found) {
      word = "";
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
