package io.facedrop.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.facedrop.network.HttpHead;
import io.facedrop.network.Listener;
import io.facedrop.network.Relay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An HTTP proxy for CONNECT and for plain http that may ask for a password, or go wrong. */
public final class CorporateProxy implements AutoCloseable {
  private final Listener listener;
  private final String authorization;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<ByteArrayOutputStream> tunnels = new CopyOnWriteArrayList<>();
  private volatile String manner = "";

  private CorporateProxy(String authorization) throws IOException {
    this.authorization = authorization;
    listener = Listener.plain(this::serve);
  }

  /** A proxy for everybody. */
  public static CorporateProxy open() throws IOException {
    return new CorporateProxy(null);
  }

  /** A proxy for one user. */
  public static CorporateProxy of(String user, String password) throws IOException {
    byte[] both = (user + ":" + password).getBytes(UTF_8);
    return new CorporateProxy("Basic " + Base64.getEncoder().encodeToString(both));
  }

  /**
   * Goes wrong from now on: with a status and what follows it in the head (such as {@code 403
   * Forbidden}), with {@code close} at once, {@code hang} or {@code drip}; empty to work.
   */
  public void goWrong(String how) {
    manner = how;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** Request line and headers of every request, with line breaks as {@code \n}. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** All that clients have said through tunnels, byte by byte. */
  public String tunnelled() {
    StringBuilder all = new StringBuilder();
    tunnels.forEach(tunnel -> all.append(tunnel.toString(ISO_8859_1)));
    return all.toString();
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    String head = HttpHead.read(in);
    heads.add(head.replace("\r\n", "\n").strip());
    if (authorization != null && !head.contains("Proxy-Authorization: " + authorization + "\r\n")) {
      answer(out, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"here\"");
    } else if (!manner.isEmpty()) {
      goWrong(in, out);
    } else {
      pass(socket, head);
    }
  }

  private void goWrong(InputStream in, OutputStream out) throws IOException {
    switch (manner) {
      case "close" -> {}
      case "hang" -> in.read();
      case "drip" -> {
        out.write("HTTP/1.1 200 ".getBytes(ISO_8859_1));
        while (in.available() == 0) {
          out.write('x');
          out.flush();
          pause();
        }
      }
      default -> answer(out, manner);
    }
  }

  private static void pause() throws IOException {
    try {
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void answer(OutputStream out, String status) throws IOException {
    // A body that would pass for the API's: it is none of it.
    String body = "{\"code\":200,\"data\":{\"detect_task_id\":\"of-the-proxy\"}}";
    String head = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: ";
    out.write((head + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    out.flush();
  }

  private void pass(Socket socket, String head) throws IOException {
    String[] line = head.split("\r\n", 2);
    boolean tunnel = line[0].startsWith("CONNECT ");
    URI target = URI.create((tunnel ? "//" : "") + line[0].split(" ")[1]);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Socket there = new Socket(target.getHost(), target.getPort());
    if (tunnel) {
      tunnels.add(said);
      socket.getOutputStream().write("HTTP/1.1 200 Established\r\n\r\n".getBytes(ISO_8859_1));
    } else {
      String path = target.getRawPath();
      String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
      String request = line[0].replace(line[0].split(" ")[1], path + query);
      String rest = line[1].replaceAll("(?i)proxy-[a-z]+:.*\r\n|connection:.*\r\n", "");
      there
          .getOutputStream()
          .write((request + "\r\nConnection: close\r\n" + rest).getBytes(ISO_8859_1));
    }
    Relay.between(
        socket, there, (bytes, count) -> said.write(bytes, 0, count), (bytes, count) -> {});
  }

  @Override
  public void close() {
    listener.close();
  }
}
