package io.facedrop.integration;

import io.facedrop.config.Settings;
import io.facedrop.intake.DoneFileName;
import io.facedrop.ledger.Deliveries;
import io.facedrop.ledger.Ledger;
import io.facedrop.sftp.Companions;
import io.facedrop.sftp.DecidedCompanions;
import io.facedrop.sftp.DecidedPickUps;
import io.facedrop.sftp.FetchFaults;
import io.facedrop.sftp.FolderWatch;
import io.facedrop.sftp.RemoteDrops;
import io.facedrop.sftp.RemotePickUps;
import io.facedrop.sftp.StableDrops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the routes name that pick manifests up from a server. */
final class SftpBeans {
  private SftpBeans() {}

  static List<Object> of(Settings settings, Ledger ledger) {
    Settings.Sftp sftp = settings.sftp();
    Path inbox = settings.inbox().directory();
    Deliveries deliveries = ledger.deliveries();
    DoneFileName doneFile = new DoneFileName(sftp.doneFile());
    FolderWatch watch = new FolderWatch(sftp.uri(), sftp.quietTime(), deliveries, ledger::isKeeper);
    return List.of(
        new RemoteDrops(deliveries.owner()),
        new StableDrops(
            doneFile.used() ? Duration.ZERO : sftp.quietTime(), settings.inbox().checksumNeeded()),
        new RemotePickUps(inbox, deliveries),
        new Companions(inbox, doneFile),
        new DecidedPickUps(deliveries),
        new DecidedCompanions(),
        watch,
        new FetchFaults(watch));
  }
}
