package io.facedrop.api;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Says of every failure before the connection is secure that it was the handshake's. */
record Handshake(TlsSocketStrategy strategy) implements TlsSocketStrategy {
  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    try {
      return strategy.upgrade(socket, target, port, attachment, context);
    } catch (SSLException said) {
      throw said;
    } catch (IOException cutOff) {
      // A reset or a timeout would else look like one that came after the request had left.
      SSLHandshakeException handshake = new SSLHandshakeException(cutOff.toString());
      handshake.initCause(cutOff);
      throw handshake;
    }
  }
}
