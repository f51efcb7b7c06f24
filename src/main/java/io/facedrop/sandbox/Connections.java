package io.facedrop.sandbox;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** The open connections by the client's address, because an exchange cannot reach its own. */
final class Connections implements IOSessionListener {
  private final Map<SocketAddress, IOSession> open = new ConcurrentHashMap<>();

  void reset(SocketAddress client) {
    IOSession session = open.get(client);
    if (session != null) {
      session.close(CloseMode.IMMEDIATE);
    }
  }

  @Override
  public void connected(IOSession session) {
    open.put(session.getRemoteAddress(), session);
  }

  @Override
  public void disconnected(IOSession session) {
    open.values().remove(session);
  }

  @Override
  public void startTls(IOSession session) {}

  @Override
  public void inputReady(IOSession session) {}

  @Override
  public void outputReady(IOSession session) {}

  @Override
  public void timeout(IOSession session) {}

  @Override
  public void exception(IOSession session, Exception cause) {}
}
