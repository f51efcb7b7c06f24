package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.intake.WorkingFolder;
import io.facedrop.ledger.Deliveries;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picked-up files on a server that are yet to be fetched, and where they go. */
public final class RemotePickUps implements GenericFileFilter<SftpRemoteFile<LsEntry>> {
  private static final Logger LOG = LoggerFactory.getLogger(RemotePickUps.class);

  private final Path inbox;
  private final Deliveries deliveries;
  private final String owner;
  private volatile boolean told;

  public RemotePickUps(Path inbox, Deliveries deliveries) {
    this.inbox = inbox;
    this.deliveries = deliveries;
    this.owner = deliveries.owner();
  }

  /** Fetched once: until it lies in the inbox, or the ledger knows what became of it. */
  @Override
  public boolean accept(GenericFile<SftpRemoteFile<LsEntry>> file) {
    if (RemoteName.fault(file).isPresent() || file.isDirectory()) {
      return RemoteName.fault(file).isEmpty();
    }
    return RemotePickUp.of(file.getRelativeFilePath())
        .filter(pickUp -> !pickUp.name().endsWith(Companions.CHECKSUM))
        .filter(this::isOurs)
        .filter(pickUp -> !Files.exists(pickUp.in(inbox)) && !deliveries.known(pickUp.source()))
        .isPresent();
  }

  /** Another's is worked, and paid for, by that one. */
  private boolean isOurs(RemotePickUp pickUp) {
    boolean ours = pickUp.isOf(owner);
    if (!ours && !told) {
      told = true;
      LOG.warn(
          "{} on the SFTP server was picked up by a facedrop with another ledger, so this one leaves"
              + " it, and others like it, alone. If that ledger is lost, move such files from {} back"
              + " to the folder",
          pickUp.shown(),
          WorkingFolder.NAME);
    }
    return ours;
  }

  /** Names the file's place in the inbox, and makes the body fail unless it comes whole. */
  public void fetch(Exchange exchange) {
    Message message = exchange.getMessage();
    RemotePickUp pickUp =
        RemotePickUp.of(message.getHeader(Exchange.FILE_NAME, String.class)).orElseThrow();
    long length = message.getHeader(Exchange.FILE_LENGTH, Long.class);
    message.setBody(new WholeStream(message.getBody(InputStream.class), length));
    message.setHeader(Exchange.FILE_NAME, pickUp.local());
    // What the temporary name is made of.
    message.setHeader(FileConstants.FILE_NAME_ONLY, pickUp.name());
    exchange.setVariable("dropped", pickUp.shown());
  }

  /** Tells the operator what was fetched. */
  public void announce(Exchange exchange) {
    LOG.info(
        "fetched {} from the SFTP server, {} bytes",
        exchange.getVariable("dropped"),
        exchange.getMessage().getHeader(Exchange.FILE_LENGTH));
  }
}
