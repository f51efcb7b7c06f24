package io.facedrop.command.live;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** Puts whole lines above the live line, which stands last on a terminal. */
public final class LinesAbove extends OutputStream {
  private final PrintStream terminal;
  private final IntSupplier columns;
  private final Runnable redraw;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /**
   * @param columns that the live line takes
   * @param redraw draws the live line again
   */
  LinesAbove(PrintStream terminal, IntSupplier columns, Runnable redraw) {
    this.terminal = terminal;
    this.columns = columns;
    this.redraw = redraw;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    while (end > offset && bytes[end - 1] != '\n') {
      end--;
    }
    pending.write(bytes, offset, end - offset);
    if (end > offset) {
      put(pending.toByteArray());
      pending.reset();
    }
    pending.write(bytes, end, offset + length - end);
  }

  /** In one piece, so that the live line is not drawn into it. */
  private void put(byte[] lines) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    String blank = "\r" + " ".repeat(columns.getAsInt()) + "\r";
    piece.writeBytes(blank.getBytes(StandardCharsets.US_ASCII));
    piece.writeBytes(lines);
    terminal.write(piece.toByteArray(), 0, piece.size());
    terminal.flush();
    redraw.run();
  }

  /** What is no whole line yet goes out too. */
  @Override
  public synchronized void close() {
    terminal.write(pending.toByteArray(), 0, pending.size());
    pending.reset();
  }
}
