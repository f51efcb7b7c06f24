package io.facedrop.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  @Test
  void aLineIsOneObjectWhateverTheMessageHolds() throws IOException {
    String message = "a \"quoted\"\r\nline \u2028 \u0000 \ud83d {} with a tab\t";

    JsonNode line = line(message, null);

    assertThat(Instant.parse(line.path("time").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("io.facedrop.Any");
    assertThat(line.path("message").asText()).startsWith("a \"quoted\"\r\nline");
    assertThat(line.has("node")).isTrue();
    assertThat(line.has("exception")).isFalse();
  }

  @Test
  void anExceptionIsOneText() throws IOException {
    JsonNode line = line("failed", new IllegalStateException("why", new IOException("deeper")));

    assertThat(line.path("exception").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("\tat io.facedrop.log.JsonLinesTest", "Caused by: java.io.IOException: deeper");
  }

  private static JsonNode line(String message, Throwable failure) throws IOException {
    byte[] line = JsonLines.line("WARN", "io.facedrop.Any", message, failure);
    String text = new String(line, StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n");
    assertThat(text.strip().lines()).hasSize(1);
    return new ObjectMapper().readTree(line);
  }
}
