package io.facedrop.integration;

import io.facedrop.config.Settings;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * What Camel is told before it starts: the routes, the settings, and what holds for all endpoints.
 */
final class MainSetup {
  private static final int SHUTDOWN_SECONDS = 27;

  private MainSetup() {}

  /**
   * @param routes Camel's include pattern for the route files
   * @param beans binds what the routes name
   */
  static void apply(Main main, Settings settings, String routes, Consumer<CamelContext> beans) {
    // Signals are the command's. Camel's own hook would make our stop wait until it gives up.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.configure().setName("facedrop");
    // Linux shows only fifteen characters of it, which should tell what a thread does.
    main.configure().setThreadNamePattern("#name#-#counter#");
    main.configure().setShutdownTimeout(SHUTDOWN_SECONDS);
    main.configure().setStreamCachingEnabled(false);
    // It would show the key to whoever logs more than we do.
    main.configure().setAutoConfigurationLogSummary(false);
    // Nor can it start when a vault's secret is in the environment (CAMEL_VAULT_AWS_SECRET_KEY).
    main.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
    // Under facedrop's own name what a log step says is shown.
    main.configure().setLogName("io.facedrop.route.${routeId}");
    main.configure().setLoadTypeConverters(false);
    // To find that there is nothing to configure takes a tenth of a second.
    main.configure()
        .setAutoConfigurationEnabled(
            settings.properties().keySet().stream().anyMatch(MainSetup::isCamels));
    main.configure().setRoutesIncludePattern(routes);
    Properties properties = new Properties();
    properties.putAll(settings.properties());
    for (String doneFile : List.of("facedrop.inbox.done-file", "facedrop.sftp.done-file")) {
      properties.remove(doneFile, "");
    }
    main.setOverrideProperties(properties);
    main.setPropertyPlaceholderLocations("false");
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            // Resolved already; environment and -D would win over the overrides of a command.
            PropertiesComponent resolved =
                (PropertiesComponent) starting.getCamelContext().getPropertiesComponent();
            resolved.setEnvironmentVariableMode(0);
            resolved.setSystemPropertiesMode(0);
            beans.accept(starting.getCamelContext());
          }
        });
  }

  private static boolean isCamels(String property) {
    return property.startsWith("camel.");
  }
}
