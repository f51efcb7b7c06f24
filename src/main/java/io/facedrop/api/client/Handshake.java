package io.facedrop.api.client;

import io.facedrop.words.Cause;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Says of every failure before the connection is secure that it was the handshake's.
 *
 * @param certified whether the server is shown a certificate, which it may refuse
 */
public record Handshake(TlsSocketStrategy strategy, boolean certified)
    implements TlsSocketStrategy {
  private static final String LATE_VERDICT = "TLSv1.3";

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    try {
      SSLSocket secure = strategy.upgrade(socket, target, port, attachment, context);
      if (certified && LATE_VERDICT.equals(secure.getSession().getProtocol())) {
        new Verdict(socket, secure).await();
      }
      return secure;
    } catch (SSLException said) {
      throw said;
    } catch (IOException cutOff) {
      // A reset or a timeout would else look like one that came after the request had left.
      SSLHandshakeException handshake = new SSLHandshakeException(Cause.of(cutOff));
      handshake.initCause(cutOff);
      throw handshake;
    }
  }
}
