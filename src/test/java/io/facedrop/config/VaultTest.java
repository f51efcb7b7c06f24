package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.sandbox.SecretsVault;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTest {
  private static final String KEY = "key-7f3a91c2";

  private SecretsVault vault;

  @BeforeEach
  void start() throws Exception {
    vault = SecretsVault.holding(Map.of("facedrop/api-key", KEY));
    vault.properties().forEach(System::setProperty);
  }

  @AfterEach
  void close() {
    vault.properties().keySet().forEach(System::clearProperty);
    vault.close();
  }

  @Test
  void holdsTheKey() throws InvalidSettingsException {
    Settings settings =
        SettingsReader.readWithKey(Map.of("facedrop.api.key", "{{aws:facedrop/api-key}}"));

    assertThat(settings.api().key()).isEqualTo(KEY);
    assertThat(vault.asked()).containsOnly("facedrop/api-key");
  }

  @Test
  void holdsEverySecret() throws InvalidSettingsException {
    Settings settings =
        SettingsReader.readWithKey(
            Map.of(
                "facedrop.api.key", "any-key",
                "facedrop.api.proxy", "http://proxy.example:3128",
                "facedrop.api.proxy-user", "maria",
                "facedrop.api.proxy-password", "{{aws:facedrop/api-key}}"));

    assertThat(settings.api().proxy().password()).isEqualTo(KEY);
  }

  @Test
  void thatDoesNotKnowTheNameIsNotAMissingKey() {
    assertThat(fault("{{aws:facedrop/other}}"))
        .startsWith(
            "facedrop.api.key refers to {{aws:facedrop/other…}}, which cannot be resolved"
                + " (no such secret");
  }

  @Test
  void thatIsNotThereIsNotAMissingKey() {
    vault.close();
    assertThat(fault("{{aws:facedrop/api-key}}"))
        .startsWith(
            "facedrop.api.key refers to {{aws:facedrop/api-key…}}, which cannot be resolved"
                + " (Connection refused");
  }

  @Test
  void thatNobodyMayOpenIsNotAMissingKey() {
    System.clearProperty("camel.vault.aws.accessKey");
    assertThat(fault("{{aws:facedrop/api-key}}"))
        .startsWith(
            "facedrop.api.key refers to {{aws:facedrop/api-key…}}, which cannot be resolved"
                + " (Using the AWS Secrets Manager Properties Function"
                + " requires setting AWS credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "'{{hashicorp:secret:facedrop#key}}', '{{hashicorp:secret…}}, which cannot be resolved: nothing"
        + " here answers to hashicorp:, whose jars must be on the class path'",
    "'{{env:FACEDROP_NO_SUCH}}', '{{env:FACEDROP_NO_SUCH…}}, which cannot be resolved: it is not"
        + " set'",
    "'{{no.such.property}}', '{{no.such.property…}}, which cannot be resolved: no property has that"
        + " name'"
  })
  void ofWhichNobodyKnowsIsNotAMissingKey(String reference, String said) {
    assertThat(fault(reference)).isEqualTo("facedrop.api.key refers to " + said);
  }

  private static String fault(String reference) {
    Map<String, String> all = new HashMap<>(Map.of("facedrop.api.key", reference));
    InvalidSettingsException invalid =
        catchThrowableOfType(InvalidSettingsException.class, () -> SettingsReader.readWithKey(all));
    assertThat(invalid).isNotNull();
    assertThat(invalid.faults()).hasSize(1);
    assertThat(invalid.getMessage()).doesNotContain("vault-password");
    return invalid.faults().get(0);
  }
}
