package io.facedrop.bench.endpoint;

import java.nio.charset.StandardCharsets;

/** The request that begins somewhere in a buffer; read without a copy, by what a row's needs. */
final class Request {
  private static final int NONE = -1;
  private static final int CHUNKED = -2;

  private final byte[] bytes;
  private int start;
  private int body;
  private int end;
  private int length;
  private boolean key;

  Request(byte[] bytes) {
    this.bytes = bytes;
  }

  /** False if it is not there in whole. */
  boolean read(int from, int to) {
    start = from;
    length = NONE;
    key = false;
    body = headersEnd(from, to);
    if (body < 0) {
      return false;
    }
    end = length == CHUNKED ? lastChunk(to) : body + Math.max(0, length);
    return end > 0 && end <= to;
  }

  int end() {
    return end;
  }

  boolean isPost() {
    return bytes[start] == 'P';
  }

  boolean isControl() {
    return startsWith(isPost() ? start + 5 : start + 4, "/bench/");
  }

  boolean hasKey() {
    return key;
  }

  /** Path and query. */
  String target() {
    int from = start;
    while (bytes[from] != ' ') {
      from++;
    }
    int to = from + 1;
    while (bytes[to] != ' ') {
      to++;
    }
    return new String(bytes, from + 1, to - from - 1, StandardCharsets.US_ASCII);
  }

  /**
   * The digits before the last dot of the body, where {@code image_url} is its first key; else -1.
   */
  int imageNumber() {
    if (!contains("\"image_url\"", body, Math.min(end, body + 32))) {
      return -1;
    }
    int at = end - 1;
    while (at > body && bytes[at] != '.') {
      at--;
    }
    int number = 0;
    for (int unit = 1; --at > body && isDigit(bytes[at]); unit *= 10) {
      number += unit * (bytes[at] - '0');
    }
    return number;
  }

  private int headersEnd(int from, int to) {
    int line = from;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\n') {
        if (at - line <= 1) {
          return at + 1;
        }
        note(line, at);
        line = at + 1;
      }
    }
    return -1;
  }

  private void note(int line, int to) {
    if (startsWith(line, "content-length:")) {
      length = number(line + "content-length:".length(), to);
    } else if (startsWith(line, "transfer-encoding:")) {
      length = CHUNKED;
    } else if (startsWith(line, "x-api-key:")) {
      key = to - line > "x-api-key:".length() + 1;
    }
  }

  private int lastChunk(int to) {
    for (int at = body; at + 5 <= to; at++) {
      if (startsWith(at, "0\r\n\r\n") && (at == body || bytes[at - 1] == '\n')) {
        return at + 5;
      }
    }
    return -1;
  }

  private int number(int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      if (isDigit(bytes[at])) {
        number = number * 10 + bytes[at] - '0';
      }
    }
    return number;
  }

  /** Header names may be written in any case, and our own texts are in lower case. */
  private boolean startsWith(int from, String text) {
    if (from + text.length() > bytes.length) {
      return false;
    }
    for (int at = 0; at < text.length(); at++) {
      char wanted = text.charAt(at);
      byte found = bytes[from + at];
      if (found != wanted && !(wanted >= 'a' && wanted <= 'z' && found == wanted - 32)) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(String text, int from, int to) {
    for (int at = from; at + text.length() <= to; at++) {
      if (startsWith(at, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
