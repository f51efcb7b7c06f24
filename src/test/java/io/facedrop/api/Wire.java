package io.facedrop.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.facedrop.network.HttpHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A server that keeps the head of every request as it came over the wire. */
final class Wire implements AutoCloseable {
  /** How to answer one request. */
  @FunctionalInterface
  interface Answering {
    byte[] answer(String head, byte[] body) throws IOException;
  }

  private final ServerSocket listening;
  private final Answering answering;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private Wire(Answering answering) {
    this.answering = answering;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** A server that gives every request this answer. */
  static Wire answering(String head, byte[] body) {
    String all = head + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
    return new Wire((request, requestBody) -> joined(all.getBytes(ISO_8859_1), body));
  }

  static Wire answering(String head, String body) {
    return answering(head, body.getBytes(ISO_8859_1));
  }

  /** A server that is asked for each answer, whole as it goes over the wire. */
  static Wire answeringEach(Supplier<byte[]> answers) {
    return new Wire((request, requestBody) -> answers.get());
  }

  /** A proxy for plain http, which is asked with whole addresses. */
  static Wire proxy() {
    return new Wire(Wire::forward);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Request line and headers of every request, with line breaks as {@code \n}. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        InputStream in = socket.getInputStream();
        String head = HttpHead.read(in);
        heads.add(head.replace("\r\n", "\n").strip());
        byte[] body = in.readNBytes(length(head));
        socket.getOutputStream().write(answering.answer(head, body));
      } catch (IOException closed) {
        // The next request, or the end.
      }
    }
  }

  private static byte[] forward(String head, byte[] body) throws IOException {
    String[] line = head.split("\r\n", 2);
    URI target = URI.create(line[0].split(" ")[1]);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      String request =
          "POST "
              + target.getRawPath()
              + " HTTP/1.1\r\n"
              + line[1].replaceAll("(?i)(proxy-)?connection:.*\r\n", "").stripTrailing()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(joined(request.getBytes(ISO_8859_1), body));
      return socket.getInputStream().readAllBytes();
    }
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).trim()))
        .findFirst()
        .orElse(0);
  }

  private static byte[] joined(byte[] head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(body);
    return all.toByteArray();
  }
}
