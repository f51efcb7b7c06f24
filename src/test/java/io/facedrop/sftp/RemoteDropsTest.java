package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class RemoteDropsTest extends WatchedServer {
  private final RemoteDrops drops = new RemoteDrops("0a1b2c3d");
  private final LogLines log = LogLines.of(RemoteDrops.class);

  @Test
  void looksAtFilesAndIntoFolders() throws IOException {
    put("partner/m.csv", "");

    assertThat(drops.accept(listed("partner"))).isTrue();
    assertThat(drops.accept(listed("partner/m.csv"))).isTrue();
    assertThat(log.get()).isEmpty();
  }

  @Test
  void leavesALinkAloneAndSaysSoOnce() throws IOException {
    put("m.csv", "");
    Files.createSymbolicLink(in.resolve("link.csv"), in.resolve("m.csv"));

    assertThat(drops.accept(listed("link.csv"))).isFalse();
    assertThat(drops.accept(listed("link.csv"))).isFalse();

    assertThat(log.get())
        .containsExactly(
            "WARN link.csv on the SFTP server is left alone: it is a link or a device, not a file;"
                + " whoever dropped it must drop a plain file under another name");
  }

  @Test
  void showsAnUnsafeNameAsItIs() throws IOException {
    put("partner/we\\ird.csv", "");

    assertThat(drops.accept(listed("partner/we\\ird.csv"))).isFalse();

    assertThat(log.get())
        .singleElement()
        .asString()
        .startsWith(
            "WARN partner/we\\ird.csv on the SFTP server is left alone: its name holds / \\");
  }

  @Test
  void picksAFileUpByMovingItIntoTheWorkingFolderUnderTheLedgersName() throws IOException {
    put("partner/m.csv", "");
    Exchange exchange = about(listed("partner/m.csv"));

    assertThat(drops.pickedUp(exchange))
        .isEqualTo(".work/partner/0a1b2c3d-" + exchange.getExchangeId() + "~m.csv");
  }

  @Test
  void tellsTheOperatorWhatWasPickedUpAndNotWhereItLies() throws IOException {
    put(".work/partner/0a1b2c3d-E-1~m.csv", "");

    drops.announce(about(listed(".work/partner/0a1b2c3d-E-1~m.csv")));

    assertThat(log.get()).containsExactly("INFO picked up partner/m.csv on the SFTP server");
  }
}
