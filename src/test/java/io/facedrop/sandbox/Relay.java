package io.facedrop.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries bytes between two sockets until either ends, and keeps those that go there. */
final class Relay {
  private final ByteArrayOutputStream carried = new ByteArrayOutputStream();

  /** Returns when both directions are over; closes both. */
  void between(Socket here, Socket there) throws IOException {
    try (here;
        there) {
      Thread back = new Thread(() -> copy(there, here, null), "relay");
      back.setDaemon(true);
      back.start();
      copy(here, there, carried);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  byte[] carried() {
    synchronized (carried) {
      return carried.toByteArray();
    }
  }

  private static void copy(Socket from, Socket to, ByteArrayOutputStream kept) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (kept != null) {
          synchronized (kept) {
            kept.write(bytes, 0, count);
          }
        }
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException ended) {
      // As it may.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // All the better.
    }
  }
}
