package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.clock.Reminders;
import io.facedrop.intake.SafeName;
import io.facedrop.intake.WorkingFolder;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and folders that may be looked at in the watched folder of a server. */
public final class RemoteDrops implements GenericFileFilter<SftpRemoteFile<LsEntry>> {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteDrops.class);
  private static final String WORK = WorkingFolder.NAME + "/";

  private final String owner;
  private final Reminders<String> refused = Reminders.once(System::nanoTime);

  /**
   * @param owner who picks them up
   */
  public RemoteDrops(String owner) {
    this.owner = owner;
  }

  @Override
  public boolean accept(GenericFile<SftpRemoteFile<LsEntry>> file) {
    String path = SafeName.asListed(file.getRelativeFilePath(), file.getFile().getFilename());
    return RemoteName.fault(file).map(fault -> refuse(path, fault)).orElse(true);
  }

  private boolean refuse(String path, String fault) {
    if (refused.isDue(path)) {
      LOG.warn(
          "{} on the SFTP server is left alone: {}; whoever dropped it must drop a plain file"
              + " under another name",
          SafeName.shown(path),
          fault);
    }
    return false;
  }

  /** Where a file is moved that is picked up, below the watched folder. */
  public String pickedUp(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    return WORK + RemotePickUp.of(owner, exchange.getExchangeId(), name).belowWork();
  }

  /** Tells the operator what was picked up. */
  public void announce(Exchange exchange) {
    String moved =
        exchange
            .getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class)
            .getRelativeFilePath();
    RemotePickUp.of(moved.substring(WORK.length()))
        .ifPresent(pickUp -> LOG.info("picked up {} on the SFTP server", pickUp.shown()));
  }
}
