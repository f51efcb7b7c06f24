package io.facedrop.bench.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Sends the same bytes again as soon as an answer is there, and does nothing with it: the most that
 * any client can have of the endpoint on this machine.
 *
 * <p>Arguments: port, connections, requests that each sends at once, seconds. Prints the requests
 * per second.
 */
public final class RawClient {
  private static final int ANSWER_LENGTH = Answers.created(1).length;

  private final Selector selector;
  private final int depth;
  private final byte[] requests;
  private long answers;

  private RawClient(int port, int connections, int depth) throws IOException {
    this.selector = Selector.open();
    this.depth = depth;
    this.requests = request().repeat(depth).getBytes(StandardCharsets.US_ASCII);
    for (int number = 0; number < connections; number++) {
      connect(port);
    }
  }

  public static void main(String[] args) throws IOException {
    RawClient client =
        new RawClient(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int seconds = Integer.parseInt(args[3]);
    // The first second is for the compilers of both sides.
    client.run(1);
    System.out.println(Math.round(client.run(seconds)));
  }

  private static String request() {
    String body = "{\"image_url\":\"https://images.example.com/portraits/000000000.jpg\"}";
    return "POST /api/v1/client/job/detect-face-image HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + "Content-Type: application/json\r\nx-api-key: bench\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Pending());
    channel.write(ByteBuffer.wrap(requests));
  }

  /** What has come of the answers that a connection waits for. */
  private static final class Pending {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private int bytes;
  }

  private double run(int seconds) throws IOException {
    answers = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      selector.select(this::handle);
    }
    return answers * 1e9 / (System.nanoTime() - start);
  }

  private void handle(SelectionKey key) {
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      Pending pending = (Pending) key.attachment();
      pending.buffer.clear();
      pending.bytes += channel.read(pending.buffer);
      if (pending.bytes >= depth * ANSWER_LENGTH) {
        pending.bytes = 0;
        answers += depth;
        channel.write(ByteBuffer.wrap(requests));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the endpoint closed a connection: " + e.getMessage(), e);
    }
  }
}
