package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** The generated catalogue is committed: it must say what the annotations say. */
class CatalogueTest {
  private static final String CATALOGUE = "/META-INF/io/facedrop/ledger/component/ledger.json";

  @Test
  void catalogueTellsEveryOptionOfTheEndpoint() throws IOException {
    JsonNode options = catalogue().path("properties");

    for (Field field : LedgerEndpoint.class.getDeclaredFields()) {
      UriParam option = field.getAnnotation(UriParam.class);
      if (option != null) {
        assertThat(options.path(field.getName()).path("description").asText())
            .isEqualTo(option.description());
        assertThat(options.path(field.getName()).path("defaultValue").asText())
            .isEqualTo(option.defaultValue());
      }
    }
    assertThat(words(options.path("operation").path("enum")))
        .isEqualTo(Arrays.stream(Operation.values()).map(Operation::toString).toList());
    assertThat(words(options.path("reason").path("enum")))
        .isEqualTo(Arrays.stream(Reason.values()).map(Reason::name).toList());
  }

  @Test
  void catalogueTellsEveryOptionOfTheComponent() throws IOException {
    JsonNode options = catalogue().path("componentProperties");

    for (Field field : LedgerComponent.class.getDeclaredFields()) {
      Metadata option = field.getAnnotation(Metadata.class);
      if (option != null) {
        JsonNode told = options.path(field.getName());
        assertThat(told.path("description").asText()).isEqualTo(option.description());
        assertThat(told.path("required").asBoolean()).isEqualTo(option.required());
      }
    }
  }

  @Test
  void pageTellsEveryOptionAndOperation() throws IOException {
    String page = Files.readString(Path.of("src/main/docs/ledger.adoc"));

    assertThat(page).contains("*concurrency*", "*interval*", "*reason*", "*ledger*", "*gate*");
    for (Operation operation : Operation.values()) {
      assertThat(page).contains("`" + operation + "`");
    }
  }

  @Test
  void camelFindsTheGeneratedConfigurer() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();

      assertThat(
              PluginHelper.getConfigurerResolver(camel)
                  .resolvePropertyConfigurer("ledger-endpoint-configurer", camel))
          .isInstanceOf(LedgerEndpointConfigurer.class);
    }
  }

  private static List<String> words(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode catalogue() throws IOException {
    try (InputStream stream = CatalogueTest.class.getResourceAsStream(CATALOGUE)) {
      return new ObjectMapper().readTree(stream);
    }
  }
}
