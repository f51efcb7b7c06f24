package io.facedrop.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries bytes between two sockets until either ends. */
public final class Relay {
  /** Sees bytes before they are carried on; fails to cut the line instead. */
  @FunctionalInterface
  public interface Watch {
    void carries(byte[] bytes, int count) throws IOException;
  }

  private static final Watch NOBODY = (bytes, count) -> {};

  private Relay() {}

  /** Returns when both directions are over; closes both. */
  public static void between(Socket here, Socket there) throws IOException {
    between(here, there, NOBODY, NOBODY);
  }

  /**
   * Returns when both directions are over; closes both.
   *
   * @param thither sees what {@code here} says
   * @param back sees what {@code there} answers
   */
  public static void between(Socket here, Socket there, Watch thither, Watch back)
      throws IOException {
    try (here;
        there) {
      Thread answers = new Thread(() -> carry(there, here, back), "relay");
      answers.setDaemon(true);
      answers.start();
      carry(here, there, thither);
      answers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void carry(Socket from, Socket to, Watch watch) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        watch.carries(bytes, count);
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
