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
    // Camel cannot bind CAMEL_VAULT_AWS_SECRET_KEY and its like; the vaults read them themselves.
    vaults.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
    try {
      vaults.doConfigureVaultFromMainConfiguration(
          context, vaults.mainConfigurationProperties, new OrderedLocationProperties());
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeException(e);
    }
  }
}
