package io.facedrop.config;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import org.apache.camel.util.OrderedLocationProperties;

/**
 * Camel's own reading of {@code camel.vault.*}, which a context else gets only when a {@link Main}
 * starts it.
 */
final class Vaults extends Main {
  private Vaults() {}

  static void configure(CamelContext context) {
    Vaults vaults = new Vaults();
    try {
      vaults.doConfigureVaultFromMainConfiguration(
          context, vaults.mainConfigurationProperties, new OrderedLocationProperties());
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeException(e);
    }
  }
}
