package io.facedrop.config;

import io.facedrop.config.Settings.Sftp;
import io.facedrop.config.Settings.SftpAccess;
import java.nio.file.Files;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is said about SFTP servers, and insists that they prove who they are. */
final class SftpSettings {
  private static final Logger LOG = LoggerFactory.getLogger(SftpSettings.class);

  private final Readings in;

  private SftpSettings(Readings in) {
    this.in = in;
  }

  /**
   * @param published whether results go to an SFTP server
   */
  static Sftp read(Readings in, boolean published) {
    return new SftpSettings(in).sftp(published);
  }

  private Sftp sftp(boolean published) {
    SftpAccess access =
        new SftpAccess(
            in.secret("facedrop.sftp.password"),
            in.file("facedrop.sftp.key-file"),
            in.secret("facedrop.sftp.passphrase"),
            in.file("facedrop.sftp.known-hosts"),
            in.choice("facedrop.sftp.host-key-checking", "strict", "off"),
            in.choice("facedrop.sftp.ssh-rsa", "on", "off"),
            in.duration("facedrop.sftp.timeout", 1_000));
    String uri = in.parsed("facedrop.sftp.uri", SftpAddress::orNone);
    if (uri != null) {
      in.resolved().put("facedrop.sftp.uri", uri);
    }
    Sftp sftp =
        new Sftp(
            uri == null ? "" : uri,
            access,
            in.duration("facedrop.sftp.poll-interval", 100),
            in.duration("facedrop.sftp.quiet-time", 0),
            in.parsed("facedrop.sftp.done-file", Forms::doneFile));
    if (sftp.pickedUp() || published) {
      check(access);
    }
    if (sftp.pickedUp()) {
      in.faults().addAll(SftpAddress.outputsInside(sftp.uri(), in.resolved(), in.mask()));
    }
    return sftp;
  }

  private void check(SftpAccess access) {
    if (access.strict() && access.knownHosts() == null) {
      in.fault(
          "facedrop.sftp.known-hosts must name a file with the host key of each SFTP server"
              + " (ssh-keyscan writes one; compare the fingerprint with what its administrator"
              + " says), or facedrop.sftp.host-key-checking must be off to trust whoever answers");
    }
    if (!access.strict()) {
      LOG.warn(
          "facedrop.sftp.host-key-checking=off: whoever answers in place of an SFTP server can read"
              + " the password, the manifests and the results; {}",
          access.knownHosts() == null
              ? "set facedrop.sftp.known-hosts instead"
              : "facedrop.sftp.known-hosts is not looked at");
    }
    checkKey(access);
  }

  private void checkKey(SftpAccess access) {
    if (access.keyFile() == null && access.password().isEmpty() && needsLogin()) {
      in.fault(
          "facedrop.sftp.key-file or facedrop.sftp.password must say how to log in to the SFTP"
              + " server");
    }
    if (access.keyFile() == null && !access.passphrase().isEmpty()) {
      in.fault("facedrop.sftp.passphrase is set, but facedrop.sftp.key-file names no key");
    }
    if (access.keyFile() != null && Files.isReadable(access.keyFile())) {
      PrivateKeyFile.fault(access.keyFile(), access.passphrase()).ifPresent(in::fault);
    }
  }

  /** An output may name a key of its own. */
  private boolean needsLogin() {
    return in.resolved().entrySet().stream()
        .filter(setting -> setting.getKey().endsWith(".uri"))
        .map(Map.Entry::getValue)
        .anyMatch(uri -> Addresses.isSftp(uri) && !uri.contains("privateKeyFile="));
  }
}
