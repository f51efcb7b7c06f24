package io.facedrop.manifest;

import java.io.Closeable;
import java.io.IOException;

/** Hands out a manifest's rows in their order; for one thread. */
public interface RowReader extends Closeable {

  Layout layout();

  /**
   * Returns the next row, or null at the end.
   *
   * @throws ManifestRejectedException when the manifest as a whole cannot be accepted
   */
  Row next() throws ManifestRejectedException, IOException;

  /**
   * Returns the SHA-256 of all of the file's raw bytes, in lower-case hexadecimal.
   *
   * @throws IllegalStateException before {@link #next} has returned null
   */
  String sha256();

  /** Returns how many of the file's raw bytes have been read so far. */
  long bytesRead();
}
