package io.facedrop.api.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/**
 * Waits for the server's verdict on the client certificate. In TLS 1.3, a client ends the handshake
 * before the server has checked its certificate (RFC 8446, 4.4.2.4). If the server then refuses it,
 * it closes the connection, and it is unknown whether it read a request that was sent at once. A
 * server that accepts the certificate usually sends a session ticket.
 *
 * @param plain below {@code secure}
 */
public record Verdict(Socket plain, SSLSocket secure) {
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final int READ_MILLIS = 50;

  /**
   * Returns as soon as the server has said something that is no refusal, or nothing for a while.
   *
   * @throws IOException when it has refused
   */
  public void await() throws IOException {
    long start = System.nanoTime();
    while (plain.getInputStream().available() == 0
        && System.nanoTime() - start < LONGEST.toNanos()) {
      pause();
    }
    int usual = secure.getSoTimeout();
    secure.setSoTimeout(READ_MILLIS);
    try {
      secure.getInputStream().read();
    } catch (SocketTimeoutException accepted) {
      secure.setSoTimeout(usual);
      return;
    }
    throw new SSLHandshakeException("the server ended the connection right behind the handshake");
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in the handshake");
    }
  }
}
