package io.facedrop.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.SftpEndpoint;

/**
 * The file that the route has just written, forced to the disk before anybody relies on it: Camel
 * 4.18.0 knows the option {@code forceWrites} of its file component but does nothing about it.
 */
public final class StoredFile {
  private static final int CHUNK = 1 << 16;

  /** Forces the file that the last step wrote, and its name in the directory, to the disk. */
  public void force(Exchange exchange) throws IOException {
    Path file = of(exchange);
    if (file != null) {
      force(file);
    }
  }

  /** The file that the last step wrote; null when there is none, or it went to another system. */
  static Path of(Exchange exchange) {
    return endpoint(exchange) instanceof FileEndpoint directory
        ? directory.getFile().toPath().resolve(name(exchange))
        : null;
  }

  /** The file that the last step wrote to an SFTP server; null when there is none. */
  static RemoteFile remote(Exchange exchange) {
    return endpoint(exchange) instanceof SftpEndpoint folder
        ? new RemoteFile(folder, name(exchange))
        : null;
  }

  private static Endpoint endpoint(Exchange exchange) {
    String uri = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
    return uri == null ? null : exchange.getContext().hasEndpoint(uri);
  }

  private static String name(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
  }

  static void force(Path file) throws IOException {
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

  static byte[] digest(Path file, MessageDigest digest) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return digest(bytes, digest);
    }
  }

  static byte[] digest(InputStream bytes, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
      digest.update(chunk, 0, count);
    }
    return digest.digest();
  }
}
