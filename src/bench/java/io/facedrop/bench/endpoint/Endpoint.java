package io.facedrop.bench.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The process that answers; it prints its port and lives until its standard input ends. */
public final class Endpoint {
  private Endpoint() {}

  public static void main(String[] args) throws IOException {
    EventLoop loop = new EventLoop();
    System.out.println(loop.port());
    endWith(System.in);
    loop.run();
  }

  /** Whatever becomes of the benchmark, its endpoint does not outlast it. */
  private static void endWith(InputStream input) {
    Thread watch =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                System.err.println("standard input ended: " + e.getMessage());
              }
              System.exit(0);
            });
    watch.setDaemon(true);
    watch.start();
  }
}
