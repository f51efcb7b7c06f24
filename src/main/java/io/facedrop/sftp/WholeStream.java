package io.facedrop.sftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends only after as many bytes as were promised; fails on fewer, and on more. */
final class WholeStream extends FilterInputStream {
  private final long length;
  private long count;

  WholeStream(InputStream in, long length) {
    super(in);
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    return counted(read < 0 ? -1 : 1) < 0 ? -1 : read;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) throws IOException {
    return counted(in.read(bytes, offset, most));
  }

  private int counted(int read) throws IOException {
    count += Math.max(0, read);
    if (count > length || (read < 0 && count < length)) {
      throw new IOException(
          (read < 0 ? "it ended after " + count : "it goes on after " + length)
              + " bytes, and the server's listing says "
              + length);
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
