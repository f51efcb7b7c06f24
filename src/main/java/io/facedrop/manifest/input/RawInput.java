package io.facedrop.manifest.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests a file's raw bytes as they pass. */
public final class RawInput extends FilterInputStream {

  private final MessageDigest digest = sha256Digest();
  private long count;
  private String sha256;

  public RawInput(InputStream bytes) {
    super(bytes);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      digest.update(bytes, offset, read);
      count += read;
    } else if (read < 0 && sha256 == null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  public long count() {
    return count;
  }

  public String sha256() {
    if (sha256 == null) {
      throw new IllegalStateException("Expected the end of the manifest before its SHA-256");
    }
    return sha256;
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
