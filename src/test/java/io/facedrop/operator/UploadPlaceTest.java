package io.facedrop.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadPlaceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "m.csv, m.csv",
    "../../m.csv, m.csv",
    "C:\\fakepath\\m.csv, m.csv",
    "/etc/, _",
    "'', _",
    "., _",
    ".., _",
    ".m.csv, _m.csv",
    "...m.csv, _m.csv",
    "'a\u0001b\nc.csv', a_b_c.csv",
    "a\uFFFDb.csv, a_b.csv"
  })
  void aNameIsOneThatNobodyHidesBehind(String given, String name) {
    assertThat(UploadPlace.name(given)).isEqualTo(name);
  }

  @Test
  void aLongNameKeepsItsEnd() {
    assertThat(UploadPlace.name("x".repeat(300) + ".jsonl.gz")).hasSize(200).endsWith(".jsonl.gz");
  }

  @Test
  void noLinkIsFollowedToSomewhereElse() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    Files.createSymbolicLink(inbox.resolve(".upload"), elsewhere);

    assertThatThrownBy(() -> new UploadPlace(inbox).open()).isInstanceOf(IOException.class);
  }

  @Test
  void atStartNothingStaysBecauseNobodyCanAgreeToIt() throws Exception {
    Path inbox = Files.createDirectories(folder.resolve("inbox"));
    Path place = new UploadPlace(inbox).open();
    Files.writeString(Files.createDirectories(place.resolve("1/acme")).resolve("m.csv"), "x");
    Files.writeString(place.resolve("half"), "x");
    Settings settings = SettingsReader.read(Map.of("facedrop.inbox", inbox.toString()));

    try (LedgerBench bench = LedgerBench.at(folder)) {
      Uploads.removeStale(settings, bench.ledger);
    }

    assertThat(place).isEmptyDirectory();
  }
}
