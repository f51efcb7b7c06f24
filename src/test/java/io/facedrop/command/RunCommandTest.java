package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.jdbc.WorkLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;

  @Test
  void aSignalBeforeTheFirstManifestIsResumable() throws Exception {
    Path manifest = Files.writeString(folder.resolve("m.csv"), "image_url\nhttps://a.example/1\n");
    Settings settings =
        SettingsReader.readWithKey(
            Map.of(
                "facedrop.api.key",
                "any",
                "facedrop.api.base-url",
                "http://127.0.0.1:1",
                "facedrop.ledger.url",
                "jdbc:sqlite:" + folder.resolve("ledger.db")));
    Stop stop = new Stop();
    stop.request();

    try (Session session = Session.open(settings, true, WorkLock.Patience.WITH_THE_DEAD)) {
      assertThat(
              new RunCommand.Run(settings, session.ledger(), stop)
                  .work(List.of(manifest), false, Duration.ofMinutes(1)))
          .isEqualTo(ExitCode.RESUMABLE);
    }
  }
}
