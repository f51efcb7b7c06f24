package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.SftpException;
import io.facedrop.intake.SafeName;
import io.facedrop.words.Cause;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.camel.util.ObjectHelper;

/** What a failure of an SFTP connection means, and what to do about it. */
public enum SftpFault {
  HOST_KEY(
      "the server does not show the host key that facedrop.sftp.known-hosts pins, so nothing is"
          + " sent to it: either it was set up anew, then put its new key there, or somebody stands"
          + " in between"),
  UNKNOWN_HOST(
      "facedrop.sftp.known-hosts has no key of this server, so nothing is sent to it: put the line"
          + " there that ssh-keyscan writes, after a look at its fingerprint"),
  ALGORITHM(
      "the server has no algorithm in common with facedrop; if it is old and offers ssh-rsa alone,"
          + " facedrop.sftp.ssh-rsa=on takes that as well"),
  LOGIN(
      "the server refuses the login: check the user in the address, and facedrop.sftp.key-file or"
          + " facedrop.sftp.password (an RSA key needs facedrop.sftp.ssh-rsa=on where the server is"
          + " old)"),
  NO_FOLDER("there is no such folder on the server"),
  NO_PERMISSION(
      "permission denied by the server: the account needs to read, write and rename there"),
  UNREACHABLE("the server cannot be reached"),
  BROKEN(
      "the connection broke, or the server owed an answer for longer than facedrop.sftp.timeout"),
  OTHER("the server failed");

  /** JSch has no exceptions of their own for a login that is refused and a key that is none. */
  private static final Pattern REFUSED = Pattern.compile("Auth |USERAUTH|privatekey|passphrase");

  /** Nor has it for a connection that ends. */
  private static final Pattern BROKE =
      Pattern.compile("stream is closed|session is down|channel is (down|closed)|Pipe closed");

  private final String meaning;

  SftpFault(String meaning) {
    this.meaning = meaning;
  }

  /** What this failure is. */
  public static SftpFault of(Throwable failure) {
    if (ObjectHelper.getException(JSchUnknownHostKeyException.class, failure) != null) {
      return UNKNOWN_HOST;
    }
    if (ObjectHelper.getException(JSchHostKeyException.class, failure) != null) {
      return HOST_KEY;
    }
    if (ObjectHelper.getException(JSchAlgoNegoFailException.class, failure) != null) {
      return ALGORITHM;
    }
    SftpException sftp = ObjectHelper.getException(SftpException.class, failure);
    if (sftp != null) {
      return of(sftp);
    }
    JSchException login = ObjectHelper.getException(JSchException.class, failure);
    if (login != null && REFUSED.matcher(String.valueOf(login.getMessage())).find()) {
      return LOGIN;
    }
    boolean unreachable =
        ObjectHelper.getException(ConnectException.class, failure) != null
            || ObjectHelper.getException(UnknownHostException.class, failure) != null;
    return login != null || unreachable ? UNREACHABLE : OTHER;
  }

  private static SftpFault of(SftpException answer) {
    return switch (answer.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> NO_FOLDER;
      case ChannelSftp.SSH_FX_PERMISSION_DENIED -> NO_PERMISSION;
      default ->
          BROKE.matcher(answer + " " + answer.getCause()).find() || answer.getCause() != null
              ? BROKEN
              : OTHER;
    };
  }

  /** The meaning with the words of the failure itself, on one line. */
  public String words(Throwable failure) {
    return words(failure, "");
  }

  /** The same where some words were said already. */
  String words(Throwable failure, String said) {
    String root = root(failure);
    return !said.isEmpty() && root.startsWith(said) ? meaning : meaning + " (" + root + ")";
  }

  /** What the failure behind all others says, on one line. */
  static String root(Throwable failure) {
    return SafeName.shown(Cause.root(failure));
  }
}
