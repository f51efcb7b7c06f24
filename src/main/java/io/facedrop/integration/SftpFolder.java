package io.facedrop.integration;

import io.facedrop.config.Settings;
import io.facedrop.intake.DoneFileName;
import io.facedrop.ledger.Deliveries;
import io.facedrop.sftp.Companions;
import io.facedrop.sftp.DecidedClaims;
import io.facedrop.sftp.FetchFaults;
import io.facedrop.sftp.FolderWatch;
import io.facedrop.sftp.RemoteClaims;
import io.facedrop.sftp.RemoteDrops;
import io.facedrop.sftp.SettledDrops;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.main.Main;

/** The beans that the routes of {@code pick-up-sftp} name. */
final class SftpFolder {
  private SftpFolder() {}

  static void bind(Main main, Settings settings, Deliveries deliveries) {
    Settings.Sftp sftp = settings.sftp();
    Path inbox = settings.inbox().directory();
    DoneFileName doneFile = new DoneFileName(sftp.doneFile());
    main.bind("remoteDrops", new RemoteDrops(deliveries.owner()));
    main.bind(
        "settledDrops",
        new SettledDrops(
            doneFile.used() ? Duration.ZERO : sftp.quietTime(), settings.inbox().checksumNeeded()));
    main.bind("remoteClaims", new RemoteClaims(inbox, deliveries));
    main.bind("companions", new Companions(inbox, doneFile));
    main.bind("decidedClaims", new DecidedClaims(deliveries));
    FolderWatch watch = new FolderWatch(sftp.uri(), sftp.quietTime(), deliveries);
    main.bind("folderWatch", watch);
    main.bind("fetchFaults", new FetchFaults(watch));
  }
}
