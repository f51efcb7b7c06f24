package io.facedrop.sftp;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;

/** Fails what a client asks of an SFTP server, as a server does that has trouble of its own. */
public final class Refusing implements SftpEventListener {
  private volatile Supplier<IOException> writes = () -> null;
  private volatile Renamed renamed = (session, file) -> {};

  /** What happens when a file has its new name and the client does not know it yet. */
  @FunctionalInterface
  public interface Renamed {
    void to(ServerSession session, Path file) throws IOException;
  }

  /**
   * From now on every write fails.
   *
   * @param why makes the reason; of null for none
   */
  public void writes(Supplier<IOException> why) {
    writes = why;
  }

  /** From now on this happens behind every rename. */
  public void renamed(Renamed then) {
    renamed = then;
  }

  @Override
  public void writing(
      ServerSession session,
      String remoteHandle,
      FileHandle localHandle,
      long offset,
      byte[] data,
      int dataOffset,
      int dataLen)
      throws IOException {
    IOException refusal = writes.get();
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public void moved(
      ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown)
      throws IOException {
    if (thrown == null) {
      renamed.to(session, to);
    }
  }
}
