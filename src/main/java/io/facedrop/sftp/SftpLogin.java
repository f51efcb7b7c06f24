package io.facedrop.sftp;

import com.jcraft.jsch.JSch;
import io.facedrop.config.Settings.SftpAccess;
import org.apache.camel.Endpoint;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Sets on every SFTP endpoint of the context how facedrop and the server prove themselves to each
 * other. No route can leave it out, and no secret stands in an address.
 */
public final class SftpLogin implements EndpointStrategy {
  private static final int CONNECT_MILLIS = 10_000;

  /** JSch's names of what it may use of host keys, and of our own. */
  private static final String HOST_KEYS = "server_host_key";

  private static final String OWN_KEYS = "PubkeyAcceptedAlgorithms";

  private final SftpAccess access;

  public SftpLogin(SftpAccess access) {
    this.access = access;
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof SftpEndpoint sftp) {
      prove(sftp.getConfiguration());
      // The ledger's and the consumer's own pauses are the backoff.
      sftp.setMaximumReconnectAttempts(1);
      sftp.setReconnectDelay(1);
      // Else the whole folder is listed, several times for each file that is written.
      sftp.setFastExistsCheck(true);
    }
    return endpoint;
  }

  private void prove(SftpConfiguration login) {
    login.setStrictHostKeyChecking(access.strict() ? "yes" : "no");
    login.setUseUserKnownHostsFile(false);
    login.setAutoCreateKnownHostsFile(false);
    if (access.knownHosts() != null) {
      login.setKnownHostsFile(access.knownHosts().toString());
    }
    if (access.sshRsa()) {
      login.setServerHostKeys(JSch.getConfig(HOST_KEYS) + ",ssh-rsa");
      login.setPublicKeyAcceptedAlgorithms(JSch.getConfig(OWN_KEYS) + ",ssh-rsa");
    }
    boolean ownKey = login.getPrivateKeyFile() != null;
    if (!ownKey && access.keyFile() != null) {
      login.setPrivateKeyFile(access.keyFile().toString());
    }
    login.setPrivateKeyPassphrase(access.passphrase());
    if (!ownKey && !access.password().isEmpty()) {
      login.setPassword(access.password());
    }
    login.setPreferredAuthentications("publickey,password,keyboard-interactive");
    // It speaks of hosts that it adds to a list that there is not, and of keys with stack traces.
    login.setJschLoggingLevel(LoggingLevel.OFF);
    login.setConnectTimeout(CONNECT_MILLIS);
    // Silence counts, not whether somebody on the way still answers for the server: one that hangs
    // behind a connection that lives would else be waited for without end.
    login.setServerAliveInterval(0);
    login.setServerAliveCountMax(0);
    login.setSoTimeout((int) access.timeout().toMillis());
    // Names are of others, and JSch takes a path for one of many steps.
    login.setStepwise(false);
    // Else a part of the folder is listed for each file that is written, to see that it is there.
    login.setExistDirCheckUsingLs(false);
  }
}
