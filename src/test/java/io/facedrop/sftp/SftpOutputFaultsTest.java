package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import io.facedrop.ledger.component.output.OutputFault;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SftpOutputFaultsTest {
  private final SftpOutputFaults faults = new SftpOutputFaults();

  @Test
  void saysWhatWasAttemptedAndWhatTheServerAnswered() {
    assertThat(faults.of(storing(ChannelSftp.SSH_FX_PERMISSION_DENIED, "Permission denied")))
        .isEqualTo(
            new OutputFault(
                "Cannot store file: success/m.csv: permission denied by the server: the account needs to"
                    + " read, write and rename there (Permission denied)",
                false,
                false));
  }

  @ParameterizedTest
  @CsvSource({"14, no space", "15, quota", "4, No space left on device", "4, Disk quota exceeded"})
  void stopsSubmittingWhereTheServersDiskIsFull(int code, String message) {
    assertThat(faults.of(storing(code, message)))
        .isEqualTo(
            new OutputFault(
                "Cannot store file: success/m.csv: the server failed ("
                    + message
                    + "); make room there: until then nothing more is submitted",
                true,
                false));
  }

  @Test
  void knowsThatNothingElseGetsThroughWhereThereIsNoConnection() {
    Exception refused = new JSchException("refused", new ConnectException("Connection refused"));
    Exception camels = new GenericFileOperationFailedException("Cannot connect to u@host", refused);

    assertThat(faults.of(camels))
        .isEqualTo(
            new OutputFault(
                "Cannot connect to u@host: the server cannot be reached (Connection refused)",
                false,
                true));
  }

  @Test
  void knowsWhatCamelMeetsWhenAConnectionEndsWhileItIsMade() {
    Exception camels = new NullPointerException("Cannot invoke ChannelSftp.pwd()");

    assertThat(faults.of(camels))
        .isEqualTo(new OutputFault("the connection was lost while it was made", false, true));
  }

  @Test
  void leavesFailuresOfThisMachineToTheirOwnWords() {
    Exception local = new IOException("No space left on device");

    assertThat(faults.of(local)).isEqualTo(OutputFault.of(local));
    assertThat(faults.of(local).withoutRoom()).isTrue();
  }

  private static Exception storing(int code, String message) {
    return new GenericFileOperationFailedException(
        "Cannot store file: success/m.csv", new SftpException(code, message));
  }
}
