package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server really says of keys and logins, {@link SftpPlacesTest} asks one. */
class SftpFaultTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new SftpException(ChannelSftp.SSH_FX_NO_SUCH_FILE, "No such file"),
            "there is no such folder on the server (No such file)"),
        Arguments.of(
            new SftpException(ChannelSftp.SSH_FX_PERMISSION_DENIED, "Permission denied"),
            "permission denied by the server: the account needs to read, write and rename there"
                + " (Permission denied)"),
        Arguments.of(
            new SftpException(ChannelSftp.SSH_FX_FAILURE, "Failure"),
            "the server failed (Failure)"),
        Arguments.of(
            new SftpException(
                ChannelSftp.SSH_FX_FAILURE, "", new SocketException("Connection reset")),
            "the connection broke, or the server owed an answer for longer than"
                + " facedrop.sftp.timeout (Connection reset)"),
        Arguments.of(
            new SftpException(ChannelSftp.SSH_FX_FAILURE, "inputstream is closed"),
            "the connection broke, or the server owed an answer for longer than"
                + " facedrop.sftp.timeout (inputstream is closed)"),
        Arguments.of(
            new JSchException("Auth fail for methods 'publickey,password'"),
            "the server refuses the login: check the user in the address, and"
                + " facedrop.sftp.key-file or facedrop.sftp.password (an RSA key needs"
                + " facedrop.sftp.ssh-rsa=on where the server is old)"
                + " (Auth fail for methods 'publickey,password')"),
        Arguments.of(
            new JSchException("timeout: socket is not established"),
            "the server cannot be reached (timeout: socket is not established)"),
        Arguments.of(
            new JSchException("java.net.ConnectException", new ConnectException("refused")),
            "the server cannot be reached (refused)"),
        Arguments.of(
            new UnknownHostException("sftp.example"),
            "the server cannot be reached (no address is known for the host sftp.example)"),
        Arguments.of(new IllegalStateException(), "the server failed (illegal state)"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatItMeansAndWhatTheServerSaid(Throwable failure, String words) {
    assertThat(SftpFault.of(failure).words(failure)).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void findsTheCauseBehindWhatCamelWrapsAroundIt(Throwable failure, String words) {
    Exception camels =
        new GenericFileOperationFailedException("Cannot list directory: in", failure);

    assertThat(SftpFault.of(camels).words(camels)).isEqualTo(words);
  }

  @Test
  void doesNotRepeatWhatWasSaidAlready() {
    IOException failure = new IOException("Cannot rename file: m.csv");

    assertThat(SftpFault.OTHER.words(failure, "Cannot rename file: m.csv"))
        .isEqualTo("the server failed");
  }

  @Test
  void putsOnOneLineWhatAServerSays() {
    assertThat(SftpFault.root(new IOException(" a\r\nb\u001b[2J "))).isEqualTo("a??b?[2J");
  }
}
