package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.publish.PreparedLedger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLinksTest {
  @TempDir Path home;
  private Batch batch;

  static PartLinks links(Path home) {
    return links("file:" + home.resolve("report"), "file:" + home.resolve("success"));
  }

  private static PartLinks links(String report, String success) {
    try {
      Settings settings =
          SettingsReader.read(
              Map.of(
                  "facedrop.report.uri",
                  report,
                  "facedrop.success.uri",
                  success,
                  "facedrop.sftp.password",
                  "any",
                  "facedrop.sftp.host-key-checking",
                  "off"));
      return new PartLinks(settings.outputs());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void accept() throws Exception {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.systemUTC())) {
      batch =
          new PreparedLedger(ledger)
              .accept(
                  PreparedLedger.manifest(home.resolve("m.txt"), "https://a.example/1\n"),
                  "partner/spring/",
                  false);
    }
  }

  @Test
  void leadFromThePageToThePartWhateverItsName() throws Exception {
    for (String name : List.of("a b.csv", "a:b#c?d%2F.csv", "javascript:alert(1)", "größe.csv")) {
      String file = "partner/spring/" + name;
      String link = links(home).of(batch, part(file));

      URI page = home.resolve("report/partner/spring/m.html").toUri();
      assertThat(Path.of(page.resolve(new URI(link))))
          .isEqualTo(home.resolve("success").resolve(file));
      assertThat(link).startsWith("../../../success/").matches("\\p{ASCII}*");
    }
  }

  @Test
  void aNameInTheSameFolderIsNoScheme() {
    String place = "file:" + home.resolve("all") + "?charset=UTF-8";

    assertThat(links(place, place).of(batch, part("partner/spring/javascript:x")))
        .isEqualTo("./javascript:x");
  }

  @Test
  void whatLiesOnAServerHasNone() {
    PartLinks links = links("sftp://u@h.example/report", "file:" + home.resolve("success"));

    assertThat(links.of(batch, part("partner/spring/x.csv"))).isEmpty();
  }

  @Test
  void aPartIsWhereItWasWrittenWhateverTheSettingIsNow() {
    String before = home.resolve("before").toString();

    assertThat(links(home).of(batch, part("x.csv", before))).isEqualTo("../../../before/x.csv");
    assertThat(links(home).of(batch, part("x.csv", "sftp://h.example/out"))).isEmpty();
    PartLinks nowOnServer = links("file:" + home.resolve("report"), "sftp://u@h.example/out");
    assertThat(nowOnServer.of(batch, part("x.csv", before))).isEqualTo("../../../before/x.csv");
    assertThat(nowOnServer.of(batch, part("x.csv"))).isEmpty();
  }

  private static Part part(String file) {
    return part(file, null);
  }

  private static Part part(String file, String place) {
    return new Part(1, Output.SUCCESS, 1, 1, 0, 1, file, place, "00", Instant.EPOCH);
  }
}
