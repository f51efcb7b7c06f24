package io.facedrop.bench.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One client: bytes to requests, answers to bytes. */
final class Connection {
  private static final int ROOM = 64 * 1024;

  private final EventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(ROOM);
  private final ByteBuffer out = ByteBuffer.allocate(ROOM);
  private final Request request = new Request(in.array());

  Connection(EventLoop loop, SocketChannel channel, SelectionKey key) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
  }

  /** A contender that ends closes its connections as it likes, so a failure ends only this one. */
  void ready() throws IOException {
    try {
      if (key.isWritable()) {
        send();
      }
      if (key.isReadable()) {
        read();
      }
    } catch (IOException e) {
      channel.close();
    }
  }

  void write(byte[] answer) throws IOException {
    if (out.remaining() < answer.length) {
      flush();
    }
    out.put(answer);
  }

  void flush() throws IOException {
    if (!channel.isOpen()) {
      out.clear();
      return;
    }
    try {
      send();
    } catch (IOException e) {
      channel.close();
    }
  }

  /** What the client does not take yet waits until it does. */
  private void send() throws IOException {
    out.flip();
    channel.write(out);
    boolean left = out.hasRemaining();
    out.compact();
    key.interestOps(left ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void read() throws IOException {
    if (channel.read(in) < 0) {
      channel.close();
      return;
    }
    long arrival = System.nanoTime();
    int from = 0;
    while (request.read(from, in.position())) {
      serve(arrival);
      from = request.end();
    }
    in.flip().position(from);
    in.compact();
    if (out.position() > 0) {
      flush();
    }
  }

  private void serve(long arrival) throws IOException {
    Tally tally = loop.tally();
    if (request.isControl()) {
      write(Answers.of(tally.control(request.target())));
    } else if (request.isPost()) {
      boolean sound = request.hasKey() && tally.isImage(request.imageNumber());
      loop.answer(this, arrival, sound ? Answers.created(tally.posted(arrival)) : refused(tally));
    } else {
      tally.asked(arrival);
      loop.answer(this, arrival, tally.tasks().answer(request.target(), arrival));
    }
  }

  private static byte[] refused(Tally tally) {
    tally.refused();
    return Answers.REFUSED;
  }
}
