package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.intake.SafeName;
import io.facedrop.ledger.Deliveries;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picked-up files on a server whose batch is complete, or which were rejected. */
public final class DecidedPickUps implements GenericFileFilter<SftpRemoteFile<LsEntry>> {
  private static final Logger LOG = LoggerFactory.getLogger(DecidedPickUps.class);

  private final Deliveries deliveries;

  public DecidedPickUps(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public boolean accept(GenericFile<SftpRemoteFile<LsEntry>> file) {
    if (RemoteName.fault(file).isPresent() || file.isDirectory()) {
      return RemoteName.fault(file).isEmpty();
    }
    return place(file.getRelativeFilePath()).isPresent();
  }

  /** Where the exchange's file is moved, below the server's working folder. */
  public String place(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    String place = place(name).orElseThrow();
    LOG.info("set aside on the SFTP server: {}", SafeName.shown(place));
    return "../" + place;
  }

  private Optional<String> place(String belowWork) {
    return RemotePickUp.of(belowWork).flatMap(pickUp -> place(pickUp, pickUp.source()));
  }

  private Optional<String> place(RemotePickUp pickUp, Path source) {
    return deliveries
        .rejected(source)
        .map(kept -> ".rejected/" + kept)
        .or(() -> deliveries.batchOf(source).filter(Batch::complete).map(b -> archive(pickUp, b)));
  }

  private static String archive(RemotePickUp pickUp, Batch batch) {
    return ".archive/"
        + pickUp.folder()
        + LocalDate.ofInstant(batch.acceptedAt(), ZoneOffset.UTC)
        + "/"
        + batch.id()
        + "-"
        + pickUp.name();
  }
}
