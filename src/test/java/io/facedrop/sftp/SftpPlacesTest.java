package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.SettingsReader;
import io.facedrop.sftp.SftpPlaces.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpPlacesTest {
  @TempDir Path home;
  private SftpServer server;
  private Map<String, String> settings;

  @BeforeEach
  void start() throws IOException {
    server = SftpServer.start(home.resolve("server"));
    Files.createDirectories(server.root().resolve("in"));
    settings =
        new TreeMap<>(
            Map.of(
                "facedrop.api.key",
                "any",
                "facedrop.sftp.uri",
                server.uri("in"),
                "facedrop.sftp.password",
                SftpServer.PASSWORD,
                "facedrop.sftp.known-hosts",
                server.knownHosts(home.resolve("known")).toString(),
                "facedrop.ledger.url",
                "jdbc:sqlite:" + home.resolve("ledger.db")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void looksAtNothingWithoutAnAddress() throws Exception {
    settings.remove("facedrop.sftp.uri");

    assertThat(SftpPlaces.look(SettingsReader.readWithKey(settings))).isEmpty();
  }

  @Test
  void looksOnceAtAFolderThatTwoSettingsName() throws Exception {
    Files.createDirectories(server.root().resolve("out"));
    settings.put("facedrop.success.uri", server.uri("out"));
    settings.put("facedrop.report.uri", server.uri("out"));

    assertThat(SftpPlaces.look(SettingsReader.readWithKey(settings)))
        .containsExactly(
            new Finding(server.uri("in"), List.of("facedrop.sftp.uri"), null, "connected"),
            new Finding(
                server.uri("out"),
                List.of("facedrop.success.uri", "facedrop.report.uri"),
                null,
                "connected"));
  }

  @Test
  void saysThatAnOutputsFolderWillBeMadeAndMakesItNot() throws Exception {
    settings.remove("facedrop.sftp.uri");
    settings.put("facedrop.success.uri", server.uri("out"));

    assertThat(found().words())
        .isEqualTo(
            "connected; the folder is not there yet: serve or run makes it with its first file");
    assertThat(found().fault()).isNull();
    assertThat(server.root().resolve("out")).doesNotExist();
  }

  @Test
  void saysThatTheWatchedFolderIsMissing() throws Exception {
    Files.delete(server.root().resolve("in"));

    isAtFault(SftpFault.NO_FOLDER, "connected, but there is no such folder");
  }

  @Test
  void saysThatThereIsAFileInPlaceOfAFolder() throws Exception {
    Path work = Files.createFile(server.root().resolve("in/.work"));
    isAtFault(SftpFault.NO_FOLDER, "connected, but there is a file in place of the folder .work");

    Files.delete(work);
    Files.delete(server.root().resolve("in"));
    Files.createFile(server.root().resolve("in"));
    isAtFault(SftpFault.NO_FOLDER, "connected, but there it is no folder but a file");
  }

  @Test
  void sendsNothingToAServerWithAnotherKey() throws Exception {
    server.changeHostKey();

    assertThat(found().fault()).isEqualTo(SftpFault.HOST_KEY);
    assertThat(found().words())
        .startsWith(
            "the server does not show the host key that facedrop.sftp.known-hosts pins, so nothing"
                + " is sent to it: either it was set up anew, then put its new key there, or"
                + " somebody stands in between (");
    assertThat(server.logins()).isZero();
  }

  @Test
  void sendsNothingToAServerThatNobodyKnows() throws Exception {
    Files.writeString(home.resolve("known"), "");

    assertThat(found().fault()).isEqualTo(SftpFault.UNKNOWN_HOST);
    assertThat(found().words())
        .startsWith(
            "facedrop.sftp.known-hosts has no key of this server, so nothing is sent to it: put"
                + " the line there that ssh-keyscan writes, after a look at its fingerprint (");
    assertThat(server.logins()).isZero();
  }

  @Test
  void saysThatTheLoginIsRefusedAndNotWithWhich() throws Exception {
    settings.put("facedrop.sftp.password", "not-this-one");

    assertThat(found().fault()).isEqualTo(SftpFault.LOGIN);
    assertThat(found().words())
        .startsWith("the server refuses the login: check the user in the address")
        .doesNotContain("not-this-one");
  }

  @Test
  void saysThatTheServerIsDown() throws Exception {
    server.stop();

    isAtFault(SftpFault.UNREACHABLE, "the server cannot be reached (Connection refused)");
  }

  private void isAtFault(SftpFault fault, String words) throws Exception {
    assertThat(found())
        .isEqualTo(new Finding(server.uri("in"), List.of("facedrop.sftp.uri"), fault, words));
  }

  private Finding found() throws Exception {
    List<Finding> findings = SftpPlaces.look(SettingsReader.readWithKey(settings));
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
