package io.facedrop.publish.file;

import io.facedrop.sftp.RemoteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Files that are being written, where several nodes work on a ledger: each bears its node's number
 * behind its temporary name. So nobody writes into a file of another's, or names it.
 */
public final class UnfinishedFiles implements EndpointStrategy {
  private final long node;

  public UnfinishedFiles(long node) {
    this.node = node;
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof GenericFileEndpoint<?> folder
        && folder.getTempFileName() != null
        && !(folder.getTempFileName() instanceof OwnName)) {
      folder.setTempFileName(new OwnName(folder.getTempFileName(), node));
    }
    return endpoint;
  }

  private static final class OwnName extends ExpressionAdapter {
    private final Expression name;
    private final long node;

    OwnName(Expression name, long node) {
      this.name = name;
      this.node = node;
    }

    @Override
    public void init(CamelContext context) {
      name.init(context);
    }

    @Override
    public Object evaluate(Exchange exchange) {
      return name.evaluate(exchange, String.class) + suffix(node);
    }
  }

  private static String suffix(long node) {
    return "~" + node;
  }

  /**
   * Removes what dead nodes have left of a file. One that was only held up finds nothing to name
   * when it goes on.
   *
   * @param name of the file in an output, which the shipped routes write as {@code .name}
   */
  public static void remove(CamelContext context, String output, String name, List<Long> nodes)
      throws IOException {
    if (nodes.isEmpty()) {
      return;
    }
    int end = name.lastIndexOf('/') + 1;
    List<String> left =
        nodes.stream()
            .map(node -> name.substring(0, end) + "." + name.substring(end) + suffix(node))
            .toList();
    RemoteFile remote = StoredFile.remoteAt(context, output, name);
    if (remote != null) {
      RemoteFolder.removeAll(remote.endpoint(), left);
    }
    for (String file : left) {
      Path local = StoredFile.at(context, output, file);
      if (local != null) {
        Files.deleteIfExists(local);
      }
    }
  }
}
