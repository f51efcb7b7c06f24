package io.facedrop.publish.file;

import java.io.IOException;
import java.nio.file.Path;
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
  /** Forces the file that the last step wrote, and its name in the directory, to the disk. */
  public void force(Exchange exchange) throws IOException {
    Path file = of(exchange);
    if (file != null) {
      DiskFile.force(file);
    }
  }

  /** The file that the last step wrote; null when there is none, or it went to another system. */
  private static Path of(Exchange exchange) {
    return endpoint(exchange) instanceof FileEndpoint directory
        ? directory.getFile().toPath().resolve(name(exchange))
        : null;
  }

  /** A file in an output, whatever steps came after it was written; null where it is elsewhere. */
  public static Path at(CamelContext context, String output, String name) {
    return context.getEndpoint(output) instanceof FileEndpoint directory
        ? directory.getFile().toPath().resolve(name)
        : null;
  }

  /** The same on an SFTP server; null where the output is not on one. */
  public static RemoteFile remoteAt(CamelContext context, String output, String name) {
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
}
