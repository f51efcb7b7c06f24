package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Digests a manifest's unpacked content, and gives up as soon as reading it could not succeed: what
 * a bomb unpacks to would keep everybody else waiting.
 */
public final class ContentDigest {

  private final ManifestLimits limits;
  private long total;
  private long line = 1;
  private long lineBytes;

  public ContentDigest(ManifestLimits limits) {
    this.limits = limits;
  }

  public String of(InputStream content) throws IOException {
    RawInput digested = new RawInput(content);
    byte[] chunk = new byte[1 << 16];
    for (int count = 0; count >= 0; count = digested.read(chunk, 0, chunk.length)) {
      inspect(chunk, count);
    }
    return digested.sha256();
  }

  private void inspect(byte[] chunk, int count) throws ManifestRejectedException {
    total += count;
    if (total > limits.mostBytes()) {
      throw limits.tooLarge();
    }
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        refuseLong(i - start);
        start = i + 1;
        line++;
        lineBytes = 0;
      }
    }
    refuseLong(count - start);
  }

  private void refuseLong(int more) throws ManifestRejectedException {
    lineBytes += more;
    if (lineBytes > limits.longestLineBytes()) {
      throw limits.lineTooLong(line);
    }
  }
}
