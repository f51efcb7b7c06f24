package io.facedrop.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.camel.CamelContext;
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
  private static Path of(Exchange exchange) {
    return endpoint(exchange) instanceof FileEndpoint directory
        ? directory.getFile().toPath().resolve(name(exchange))
        : null;
  }

  /** A file in an output, whatever steps came after it was written; null where it is elsewhere. */
  static Path at(CamelContext context, String output, String name) {
    return context.getEndpoint(output) instanceof FileEndpoint directory
        ? directory.getFile().toPath().resolve(name)
        : null;
  }

  /** The same on an SFTP server; null where the output is not on one. */
  static RemoteFile remoteAt(CamelContext context, String output, String name) {
    return context.getEndpoint(output) instanceof SftpEndpoint folder
        ? new RemoteFile(folder, name)
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

  /** The SHA-256 of a file. */
  static byte[] digest(Path file) throws IOException {
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

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
