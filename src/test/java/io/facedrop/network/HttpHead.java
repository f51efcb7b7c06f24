package io.facedrop.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The request line and the headers of an HTTP request, as they came over the wire. */
public final class HttpHead {
  private HttpHead() {}

  /** Reads up to the empty line, which is part of it. */
  public static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended within the head");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }
}
