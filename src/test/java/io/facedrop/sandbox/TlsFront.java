package io.facedrop.sandbox;

import io.facedrop.network.Listener;
import io.facedrop.network.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS in front of a plain server, and asks its clients for a certificate. */
public final class TlsFront implements AutoCloseable {
  private final Listener listener;
  private final int behind;
  private final List<String> shown = new CopyOnWriteArrayList<>();

  private TlsFront(SSLServerSocket socket, int behind) {
    this.behind = behind;
    listener = new Listener(socket, this::serve);
  }

  /** Stands before the port; whoever has no certificate that the context trusts is refused. */
  public static TlsFront before(int port, SSLContext context, String... protocols)
      throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return new TlsFront(socket, port);
  }

  public URI uri() {
    return URI.create("https://127.0.0.1:" + listener.port());
  }

  /** The subjects of the certificates that were shown, one for each connection. */
  public List<String> shown() {
    return List.copyOf(shown);
  }

  private void serve(Socket socket) throws IOException {
    SSLSocket secure = (SSLSocket) socket;
    secure.startHandshake();
    X509Certificate client = (X509Certificate) secure.getSession().getPeerCertificates()[0];
    shown.add(client.getSubjectX500Principal().getName());
    Relay.between(secure, new Socket(InetAddress.getLoopbackAddress(), behind));
  }

  @Override
  public void close() {
    listener.close();
  }
}
