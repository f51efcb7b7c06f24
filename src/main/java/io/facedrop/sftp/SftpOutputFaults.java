package io.facedrop.sftp;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import io.facedrop.intake.SafeName;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.words.Cause;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/** Tells what it means that something could not be written to an SFTP server. */
public final class SftpOutputFaults implements OutputFault.Reader {
  /** Codes of later versions of the protocol, which some servers use all the same. */
  private static final int NO_SPACE = 14;

  private static final int QUOTA_EXCEEDED = 15;

  @Override
  public OutputFault of(Exception failure) {
    SftpException answer = ObjectHelper.getException(SftpException.class, failure);
    if (failure instanceof NullPointerException && String.valueOf(failure).contains("Channel")) {
      // What Camel meets when the connection goes while it logs in.
      return new OutputFault("the connection was lost while it was made", false, true);
    }
    boolean remote =
        answer != null || ObjectHelper.getException(JSchException.class, failure) != null;
    return remote ? remote(failure, answer) : OutputFault.of(failure);
  }

  private static OutputFault remote(Exception failure, SftpException answer) {
    SftpFault fault = SftpFault.of(failure);
    boolean connected = answer != null;
    boolean full =
        OutputFault.of(failure).withoutRoom()
            || connected && (answer.id == NO_SPACE || answer.id == QUOTA_EXCEEDED);
    String words = attempted(failure) + fault.words(failure);
    return new OutputFault(
        words + (full ? "; make room there: until then nothing more is submitted" : ""),
        full,
        !connected);
  }

  /** What Camel was about to do, and where. */
  private static String attempted(Exception failure) {
    GenericFileOperationFailedException operation =
        ObjectHelper.getException(GenericFileOperationFailedException.class, failure);
    return operation == null ? "" : SafeName.shown(Cause.of(operation)) + ": ";
  }
}
