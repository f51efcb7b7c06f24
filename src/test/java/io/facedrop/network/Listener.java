package io.facedrop.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections of loopback, each served by a thread of its own. */
public final class Listener implements AutoCloseable {
  /** What to do with one connection. */
  @FunctionalInterface
  public interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Service service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public Listener(ServerSocket listening, Service service) {
    this.listening = listening;
    this.service = service;
    daemon(this::accept);
  }

  public static Listener plain(Service service) {
    try {
      return new Listener(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Cuts the connections that are open now. */
  public void cut() {
    try {
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        // The next one, or the end.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException ended) {
      // As it may.
    } finally {
      open.remove(socket);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "listener");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
