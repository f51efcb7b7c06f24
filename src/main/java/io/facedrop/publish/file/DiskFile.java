package io.facedrop.publish.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A file of this machine: forced to the disk, and read for its digest. */
public final class DiskFile {
  private static final int CHUNK = 1 << 16;

  private DiskFile() {}

  /** Forces it, and its name in the directory, to the disk. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    FileChannel folder;
    try {
      folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    } catch (IOException notOpenedHere) {
      return; // Windows opens no directories and needs no such thing.
    }
    try (folder) {
      folder.force(true);
    }
  }

  /** Its SHA-256. */
  public static byte[] digest(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return digest(bytes);
    }
  }

  static byte[] digest(InputStream bytes) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
      digest.update(chunk, 0, count);
    }
    return digest.digest();
  }

  /** A digest that nothing was read into yet. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
