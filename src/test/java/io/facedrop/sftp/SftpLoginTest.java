package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.Settings.SftpAccess;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SftpLoginTest {
  private static final Path KNOWN_HOSTS = Path.of("/etc/facedrop/known_hosts");
  private static final Path KEY = Path.of("/etc/facedrop/key");
  private static final String IN = "sftp://partner@host/in";

  private final DefaultCamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void trustsNobodyButThePinnedHosts() {
    SftpConfiguration login = login(access(true, false), IN);

    assertThat(login.getStrictHostKeyChecking()).isEqualTo("yes");
    assertThat(login.getKnownHostsFile()).isEqualTo("/etc/facedrop/known_hosts");
    assertThat(login.isUseUserKnownHostsFile()).as("the account's own list").isFalse();
    assertThat(login.isAutoCreateKnownHostsFile()).isFalse();
  }

  @Test
  void trustsWhoeverAnswersOnlyWhenToldTo() {
    assertThat(login(access(false, false), IN).getStrictHostKeyChecking()).isEqualTo("no");
  }

  @Test
  void takesSignaturesBySha1OnlyWhenToldTo() {
    assertThat(login(access(true, false), IN).getServerHostKeys()).isNull();

    SftpConfiguration old = login(access(true, true), IN);
    assertThat(old.getServerHostKeys().split(",")).contains("ssh-ed25519").endsWith("ssh-rsa");
    assertThat(old.getPublicKeyAcceptedAlgorithms()).endsWith(",ssh-rsa");
  }

  @Test
  void logsInWithTheKeyAndThePasswordOfTheSettings() {
    SftpConfiguration login = login(access(true, false), IN);

    assertThat(login.getPrivateKeyFile()).isEqualTo("/etc/facedrop/key");
    assertThat(login.getPrivateKeyPassphrase()).isEqualTo("phrase");
    assertThat(login.getPassword()).isEqualTo("s3cret");
  }

  @Test
  void sendsThePasswordToNoServerThatHasAKeyOfItsOwn() {
    SftpConfiguration login = login(access(true, false), IN + "?privateKeyFile=/etc/other/key");

    assertThat(login.getPrivateKeyFile()).isEqualTo("/etc/other/key");
    assertThat(login.getPassword()).isNull();
  }

  @Test
  void keepsSecretsOutOfTheAddress() {
    SftpEndpoint endpoint = endpoint(access(true, false), IN);

    assertThat(endpoint.getEndpointUri() + endpoint.getEndpointKey())
        .doesNotContain("s3cret", "phrase");
  }

  @Test
  void waitsNoLongerForAServerThanTheSettingSays() {
    SftpConfiguration login = login(access(true, false), IN);

    assertThat(login.getSoTimeout()).isEqualTo(7_000);
    assertThat(login.getServerAliveInterval()).as("by which it would wait on").isZero();
    assertThat(login.getConnectTimeout()).isEqualTo(10_000);
  }

  private static SftpAccess access(boolean strict, boolean sshRsa) {
    return new SftpAccess(
        "s3cret", KEY, "phrase", KNOWN_HOSTS, strict, sshRsa, Duration.ofSeconds(7));
  }

  private SftpConfiguration login(SftpAccess access, String uri) {
    return endpoint(access, uri).getConfiguration();
  }

  private SftpEndpoint endpoint(SftpAccess access, String uri) {
    context.start();
    SftpEndpoint endpoint = context.getEndpoint(uri, SftpEndpoint.class);
    return (SftpEndpoint) new SftpLogin(access).registerEndpoint(uri, endpoint);
  }
}
