package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.sandbox.SelfSigned;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {
  private static final String STORE = "facedrop.api.client-certificate";
  private static final String PASSWORD = "s3cret-of-the-store";

  @TempDir static Path dir;
  private static SelfSigned valid;

  @BeforeAll
  static void makeCertificate() throws Exception {
    valid = SelfSigned.create(dir.resolve("valid"), "CN=us", PASSWORD, "-validity 365");
  }

  @AfterEach
  void forgetTrustStore() {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @Test
  void isTakenWithItsPassword() throws InvalidSettingsException {
    assertThat(SettingsReader.readWithKey(settings(valid.keyStore(), PASSWORD)).api().certificate())
        .isEqualTo(new Settings.ClientCertificate(valid.keyStore(), PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong-p4ssword", ""})
  void needsThePasswordOfItsStore(String password) {
    assertThat(fault(valid.keyStore(), password))
        .isEqualTo(
            STORE + "-password does not open " + valid.keyStore() + "; check it, or its file");
  }

  @Test
  void needsAPrivateKey() {
    assertThat(fault(valid.trustStore(), PASSWORD))
        .isEqualTo(
            STORE
                + " names "
                + valid.trustStore()
                + ": it must hold one certificate with its private key, but holds 0");
  }

  @Test
  void mustBeAKeyStore() {
    Path pem = valid.keyStore().resolveSibling("certificate.pem");
    assertThat(fault(pem, PASSWORD))
        .isEqualTo(
            STORE
                + " must name a key store (PKCS#12 or JKS) but "
                + pem
                + " is none; from PEM files openssl pkcs12 -export makes one");
  }

  @Test
  void mustNotHaveExpired() throws Exception {
    SelfSigned old =
        SelfSigned.create(dir.resolve("old"), "CN=us", PASSWORD, "-startdate -10d -validity 5");
    assertThat(fault(old.keyStore(), PASSWORD))
        .startsWith(
            STORE + " names " + old.keyStore() + ", whose certificate (CN=us) expired on 20")
        .endsWith("Z; put a new one in its place");
  }

  @Test
  void mustBeValidAlready() throws Exception {
    SelfSigned early =
        SelfSigned.create(dir.resolve("early"), "CN=us", PASSWORD, "-startdate +5d -validity 5");
    assertThat(fault(early.keyStore(), PASSWORD))
        .contains("(CN=us) is not valid before 20")
        .endsWith("; check the machine's clock");
  }

  @Test
  void mustBeThere() {
    Path nowhere = dir.resolve("nowhere.p12");
    assertThat(fault(nowhere, PASSWORD))
        .isEqualTo(STORE + " must name a file that can be read but is '" + nowhere + "'");
  }

  @Test
  void isMeantByItsPassword() {
    assertThat(faultOf(Map.of(STORE + "-password", PASSWORD)))
        .isEqualTo(STORE + "-password is set, but " + STORE + " names no key store");
  }

  @Test
  void neverShowsItsPassword() throws InvalidSettingsException {
    Settings settings = SettingsReader.readWithKey(settings(valid.keyStore(), PASSWORD));
    assertThat(settings.toString() + settings.api() + settings.api().certificate())
        .doesNotContain(PASSWORD);
    assertThat(settings.properties()).doesNotContainValue(PASSWORD);
  }

  @Test
  void ofAnAuthorityNeedsATrustStoreThatCanBeRead() throws Exception {
    Path nowhere = dir.resolve("no-trust.p12");
    System.setProperty("javax.net.ssl.trustStore", nowhere.toString());
    String said =
        ", in which no certificate can be read; check the file, and"
            + " javax.net.ssl.trustStorePassword";
    assertThat(faultOf(Map.of())).isEqualTo("javax.net.ssl.trustStore names " + nowhere + said);

    System.setProperty("javax.net.ssl.trustStore", valid.trustStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "wrong-p4ssword");
    assertThat(faultOf(Map.of()))
        .isEqualTo("javax.net.ssl.trustStore names " + valid.trustStore() + said);

    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    assertThat(SettingsReader.readWithKey(Map.of("facedrop.api.key", "any-key"))).isNotNull();
  }

  private static Map<String, String> settings(Path store, String password) {
    return Map.of(
        "facedrop.api.key", "any-key", STORE, store.toString(), STORE + "-password", password);
  }

  private static String fault(Path store, String password) {
    return faultOf(settings(store, password));
  }

  private static String faultOf(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("facedrop.api.key", "any-key"));
    all.putAll(settings);
    InvalidSettingsException invalid =
        catchThrowableOfType(InvalidSettingsException.class, () -> SettingsReader.readWithKey(all));
    assertThat(invalid).isNotNull();
    assertThat(invalid.faults()).hasSize(1);
    assertThat(invalid.faults().get(0)).doesNotContain(PASSWORD, "wrong-p4ssword");
    return invalid.faults().get(0);
  }
}
