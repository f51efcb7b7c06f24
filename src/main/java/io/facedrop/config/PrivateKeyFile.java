package io.facedrop.config;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.facedrop.words.Cause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a private key at start, as the SFTP client will at every login. */
final class PrivateKeyFile {
  private static final String KEY = "facedrop.sftp.key-file";

  private PrivateKeyFile() {}

  /** What is wrong with a key or its passphrase; the latter is empty for none. */
  static Optional<String> fault(Path file, String passphrase) {
    try {
      KeyPair key = KeyPair.load(new JSch(), file.toString(), null);
      boolean open = !key.isEncrypted() || key.decrypt(passphrase.getBytes(StandardCharsets.UTF_8));
      key.dispose();
      return open ? Optional.empty() : Optional.of(locked(file, passphrase));
    } catch (JSchException e) {
      return Optional.of(
          KEY + " must name a private key, but " + file + " is none (" + Cause.of(e) + ")");
    }
  }

  private static String locked(Path file, String passphrase) {
    return passphrase.isEmpty()
        ? KEY
            + " names "
            + file
            + ", which is locked by a passphrase: set facedrop.sftp.passphrase, or"
            + " facedrop.sftp.passphrase-file"
        : "facedrop.sftp.passphrase (or its file) does not open "
            + file
            + ", which "
            + KEY
            + " names";
  }
}
