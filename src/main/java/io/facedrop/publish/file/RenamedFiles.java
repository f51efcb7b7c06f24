package io.facedrop.publish.file;

import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Lets no rename that fails become a copy, of which a reader could see half. SFTP endpoints never
 * copy and do not know the option, so that routes which write to either cannot set it.
 */
public final class RenamedFiles implements EndpointStrategy {
  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof FileEndpoint directory) {
      directory.setCopyAndDeleteOnRenameFail(false);
    }
    return endpoint;
  }
}
