package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String KEY = "key-7f3a91c2";

  private final List<String> systemProperties = new ArrayList<>();

  @AfterEach
  void clear() {
    systemProperties.forEach(System::clearProperty);
  }

  @Test
  void aPlaceIsShownWithoutItsUserAndItsOptions() {
    assertThat(Settings.Outputs.place("file:data/rejected?fileExist=Append"))
        .isEqualTo("data/rejected");
    assertThat(Settings.Outputs.place("file:a@b/c")).isEqualTo("a@b/c");
    assertThat(Settings.Outputs.place("sftp://anna:pass@host:2222/r@w?password=RAW(a@b)"))
        .isEqualTo("sftp://host:2222/r@w");
  }

  @Test
  void hasDefaults() throws InvalidSettingsException {
    Settings settings = SettingsReader.read(Map.of("facedrop.api.key", ""));

    assertThat(settings.api())
        .isEqualTo(
            new Settings.Api(
                URI.create("https://api.crun.ai"),
                "",
                new Rate(2, Duration.ofSeconds(1)),
                null,
                16,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                null,
                null));
    assertThat(settings.retry())
        .isEqualTo(new Settings.Retry(5, Duration.ofSeconds(1), Duration.ofSeconds(60)));
    assertThat(settings.gate())
        .isEqualTo(new Settings.Gate(5, Duration.ofSeconds(30), Duration.ofMinutes(10)));
    assertThat(settings.inDoubt()).isEqualTo(Settings.InDoubt.DEAD_LETTER);
    assertThat(settings.batch()).isEqualTo(new Settings.Batch(100));
    assertThat(settings.faces())
        .isEqualTo(
            new Settings.Faces(
                true, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(10), 1440));
    assertThat(settings.inbox()).isEqualTo(new Settings.Inbox(Path.of("data/inbox"), "", false));
    assertThat(settings.duplicates())
        .isEqualTo(new Settings.Duplicates(false, Duration.ofHours(24), false));
    assertThat(settings.outputs())
        .isEqualTo(
            new Settings.Outputs(
                "file:data/success",
                "file:data/dead-letter",
                "file:data/report",
                "file:data/rejected",
                "file:data/archive",
                false,
                false));
    assertThat(settings.manifests())
        .isEqualTo(
            new ManifestRules(
                List.of("image_url"),
                StandardCharsets.UTF_8,
                new ManifestLimits(1_048_576, 1000, 100_000_000, 68_719_476_736L)));
    assertThat(settings.images()).isEqualTo(new Settings.Images(8192, List.of(), List.of(), false));
    assertThat(settings.sftp())
        .isEqualTo(
            new Settings.Sftp(
                "",
                new Settings.SftpAccess("", null, "", null, true, false, Duration.ofSeconds(30)),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                ""));
    assertThat(settings.publishInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.ledgerUrl()).isEqualTo("jdbc:sqlite:data/ledger.db");
  }

  @ParameterizedTest
  @CsvSource({
    "sftp://u@Host:22/in/out, inside",
    "sftp://v@host/in, inside",
    "sftp://u@host/in/, inside",
    "sftp://u@host/input, beside",
    "sftp://u@host:23/in/out, beside",
    "sftp://u@other/in/out, beside"
  })
  void refusesOutputsInsideTheFolderThatIsPickedUp(String uri, String where) {
    Map<String, String> overrides = new HashMap<>(Map.of("facedrop.api.key", KEY));
    overrides.put("facedrop.sftp.uri", "sftp://u@host/in");
    overrides.put("facedrop.sftp.password", "s3cret-password");
    overrides.put("facedrop.success.uri", uri);

    assertThat(invalid(overrides).faults().stream().anyMatch(it -> it.contains("must not lie")))
        .isEqualTo(where.equals("inside"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sftp://u@host//in",
        "sftp://u@host:99999/in",
        "sftp://u@host/in?privateKey=RAW(x)",
        "sftp://u@host/in?pass%77ord=x",
        "sftp://u@host/in?fileExist=Append",
        "sftp://u@host/in?strictHostKeyChecking=no",
        "sftp://u@host/in%2Fout",
        "sftp://u@host/in%2541",
        "sftp://u@host/in#out",
        "sftp://host/in",
        "sftp://u@host/"
      })
  void refusesSftpAddressesThatItCannotStandFor(String uri) {
    Map<String, String> overrides = new HashMap<>(Map.of("facedrop.api.key", KEY));
    overrides.put("facedrop.sftp.password", "s3cret-password");
    overrides.put("facedrop.success.uri", uri);

    assertThat(invalid(overrides).faults())
        .anyMatch(it -> it.startsWith("facedrop.success.uri must"));
  }

  @Test
  void hasEveryKnobInTheFileOfTheJar() {
    assertThat(SettingsReader.defaults().keySet()).containsExactlyInAnyOrderElementsOf(Keys.KNOWN);
  }

  @Test
  void anOutputWhereNoFolderCanBeMadeIsRefusedAndLookingLeavesNothing(@TempDir Path home)
      throws InvalidSettingsException {
    assertThat(invalid(Map.of("facedrop.success.uri", "file:/proc/facedrop")).faults())
        .anyMatch(fault -> fault.startsWith("facedrop.success.uri needs a directory, but "));
    SettingsReader.readWithKey(
        Map.of("facedrop.api.key", "key", "facedrop.success.uri", "file:" + home.resolve("a/b/c")));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void theLongestDelayIsNotShorterThanTheFirst() {
    assertThat(
            invalid(
                    Map.of(
                        "facedrop.retry.initial-delay", "1s", "facedrop.retry.max-delay", "100ms"))
                .faults())
        .contains(
            "facedrop.retry.max-delay must be at least facedrop.retry.initial-delay, 1s, but is"
                + " 100ms");
  }

  @Test
  void namesEveryFaultInOneGo() {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("facedrop.api.base-url", "http://api.crun.ai");
    overrides.put("facedrop.api.key", "two words");
    overrides.put("facedrop.api.rate", "-3");
    overrides.put("facedrop.api.concurrency", "0");
    overrides.put("facedrop.api.connect-timeout", "10");
    overrides.put("facedrop.api.response-timeout", "0ms");
    overrides.put("facedrop.api.proxy", "proxy:3128");
    overrides.put("facedrop.retry.max-attempts", "many");
    overrides.put("facedrop.retry.initial-delay", "0s");
    overrides.put("facedrop.retry.max-delay", "366d");
    overrides.put("facedrop.gate.trip-after", "10001");
    overrides.put("facedrop.gate.probe-interval", "9ms");
    overrides.put("facedrop.gate.max-pause", "");
    overrides.put("facedrop.in-doubt", "ask");
    overrides.put("facedrop.batch.hold-after", "-1");
    overrides.put("facedrop.faces.await", "maybe");
    overrides.put("facedrop.faces.poll-ages", "2s,2s");
    overrides.put("facedrop.faces.poll-interval", "soon");
    overrides.put("facedrop.faces.open-tasks", "0");
    overrides.put("facedrop.faces.deadline", "1ms");
    overrides.put("facedrop.inbox", "");
    overrides.put("facedrop.inbox.done-file", "done");
    overrides.put("facedrop.manifest.column", "");
    overrides.put("facedrop.manifest.charset", "latin");
    overrides.put("facedrop.duplicate-manifest", "maybe");
    overrides.put("facedrop.duplicate-window", "-1h");
    overrides.put("facedrop.duplicate-urls", "some");
    overrides.put("facedrop.success.uri", "data/success");
    overrides.put("facedrop.dead-letter.uri", "file:");
    overrides.put("facedrop.report.uri", "ftp:host/report");
    overrides.put("facedrop.rejected.uri", "");
    overrides.put("facedrop.archive.uri", "file:?fileName=x");
    overrides.put("facedrop.publish.interval", "99ms");
    overrides.put("facedrop.report.contact-sheet", "501");
    overrides.put("facedrop.ledger.url", "jdbc:h2:mem:x");
    overrides.put("facedrop.ledger.retention", "59m");

    InvalidSettingsException invalid = invalid(overrides);
    assertThat(invalid.faults())
        .containsExactlyInAnyOrder(
            "facedrop.api.base-url must begin with https:// (http:// is for a loopback host only)"
                + " but is 'http://api.crun.ai'",
            "facedrop.api.key (or its file) holds a blank or a character outside ASCII; check for a stray line"
                + " break or quote",
            "facedrop.api.rate must be such as 2/s, 20/10s or unlimited but is '-3'",
            "facedrop.api.concurrency cannot be less than 1 but is 0",
            "facedrop.api.connect-timeout must be a duration such as 500ms, 10s, 5m or 1h but is"
                + " '10'",
            "facedrop.api.response-timeout cannot be less than 1ms but is 0ms",
            "facedrop.api.proxy must be an absolute address but is 'proxy:3128'",
            "facedrop.retry.max-attempts must be a whole number but is 'many'",
            "facedrop.retry.initial-delay cannot be less than 1ms but is 0ms",
            "facedrop.retry.max-delay cannot be more than 365d but is 8784h",
            "facedrop.gate.trip-after cannot be more than 10000 but is 10001",
            "facedrop.gate.probe-interval cannot be less than 10ms but is 9ms",
            "facedrop.gate.max-pause must be a duration such as 500ms, 10s, 5m or 1h but is empty",
            "facedrop.ledger.retention cannot be less than 1h but is 59m",
            "facedrop.in-doubt must be dead-letter or resubmit but is 'ask'",
            "facedrop.batch.hold-after cannot be less than 0 but is -1",
            "facedrop.faces.await must be true or false but is 'maybe'",
            "facedrop.faces.poll-ages must rise from each age to the next but is '2s,2s'",
            "facedrop.faces.poll-interval must be a duration such as 500ms, 10s, 5m or 1h but is"
                + " 'soon'",
            "facedrop.faces.open-tasks must be auto or a whole number from 1 on but is '0'",
            "facedrop.faces.deadline cannot be less than 1s but is 1ms",
            "facedrop.inbox must not be empty but is empty",
            "facedrop.inbox.done-file must be empty or hold ${file:name} or ${file:name.noext} and"
                + " no folder, such as ${file:name}.done but is 'done'",
            "facedrop.manifest.column must be a name, or several with commas between but is empty",
            "facedrop.manifest.charset must be a charset that Java knows, such as UTF-8,"
                + " windows-1252, ISO-8859-1 or Shift_JIS but is 'latin'",
            "facedrop.duplicate-manifest must be reject or accept but is 'maybe'",
            "facedrop.duplicate-window must be a duration such as 500ms, 10s, 5m or 1h but is"
                + " '-1h'",
            "facedrop.duplicate-urls must be each or share but is 'some'",
            "facedrop.success.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is 'data/success'",
            "facedrop.dead-letter.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is 'file:'",
            "facedrop.report.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is"
                + " 'ftp:host/report'",
            "facedrop.rejected.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is empty",
            "facedrop.archive.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is 'file:?***'",
            "facedrop.publish.interval cannot be less than 100ms but is 99ms",
            "facedrop.report.contact-sheet cannot be more than 500 but is 501",
            "facedrop.ledger.url must be jdbc:sqlite: and a file, or jdbc:postgresql://host/database but is 'jdbc:h2:mem:x'");
    assertThat(invalid).hasMessage(String.join(System.lineSeparator(), invalid.faults()));
  }

  @Test
  void needsAKeyOnlyWhereItIsUsed() throws InvalidSettingsException {
    assertThat(SettingsReader.read(Map.of("facedrop.api.key", "")).api().key()).isEmpty();
    assertThat(fault("facedrop.api.key", ""))
        .isEqualTo(
            "facedrop.api.key is missing: set the environment variable CRUN_API_KEY to your API"
                + " key, or facedrop.api.key-file to a file that holds it");
  }

  @Test
  void putsSystemPropertiesOverTheFile() throws InvalidSettingsException {
    systemProperty("facedrop.api.rate", "7/s");

    assertThat(read(Map.of()).api().rate()).hasToString("7/s");
    assertThat(read(Map.of()).properties()).containsEntry("facedrop.api.rate", "7/s");
  }

  @Test
  void putsOverridesOverAll() throws InvalidSettingsException {
    systemProperty("facedrop.api.rate", "7/s");

    assertThat(read(Map.of("facedrop.api.rate", "9/s")).api().rate()).hasToString("9/s");
  }

  @Test
  void resolvesPlaceholders() throws InvalidSettingsException {
    systemProperty("facedrop.retry.max-delay", "{{facedrop.gate.probe-interval}}");

    assertThat(read(Map.of()).retry().maxDelay()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aLeaseOutlastsARequestWhereTheLedgerLiesOnAServer() throws InvalidSettingsException {
    Map<String, String> shortLease =
        Map.of(
            "facedrop.ledger.url", "jdbc:postgresql://db.example.com/facedrop",
            "facedrop.node.lease", "44s");
    InvalidSettingsException invalid =
        catchThrowableOfType(InvalidSettingsException.class, () -> read(shortLease));
    assertThat(invalid.faults())
        .containsExactly(
            "facedrop.node.lease cannot be less than 45s (facedrop.api.response-timeout and 15s to"
                + " settle the answer) but is 44s");

    assertThat(read(Map.of("facedrop.node.lease", "44s")).ledger().lease()).hasSeconds(44);
    assertThat(read(Map.of("facedrop.node.name", "blue")).ledger().node()).isEqualTo("blue");
    assertThat(read(Map.of()).ledger().node()).isNotEmpty();
  }

  @Test
  void queriesShareTheRateOrHaveTheirOwn() throws InvalidSettingsException {
    assertThat(read(Map.of()).api().queryRate()).isNull();
    Settings own =
        read(Map.of("facedrop.api.query-rate", "10/s", "facedrop.api.rate", "unlimited"));
    assertThat(own.api().queryRate()).hasToString("10/s");
  }

  @Test
  void aQueryRateThatIsNoneIsRefused() {
    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> read(Map.of("facedrop.api.query-rate", "sometimes")));
    assertThat(invalid.faults())
        .containsExactly(
            "facedrop.api.query-rate must be shared, or such as 2/s, 20/10s or unlimited but is"
                + " 'sometimes'");
  }

  @ParameterizedTest
  @CsvSource({
    "facedrop.api.rat, facedrop.api.rate",
    "facedrop.api.baseurl, facedrop.api.base-url",
    "facedrop.retry.attempts, facedrop.retry.max-attempts",
    "facedrop.succes.uri, facedrop.success.uri"
  })
  void suggestsTheNearestKnownProperty(String name, String nearest) {
    assertThat(fault(name, "secret"))
        .isEqualTo(name + " is not a known property; did you mean " + nearest + "?");
  }

  @Test
  void refusesUnknownSystemPropertiesToo() {
    systemProperty("facedrop.gate.max-pauze", "1s");

    assertThat(invalid(Map.of("facedrop.api.key", KEY)).faults())
        .containsExactly(
            "facedrop.gate.max-pauze is not a known property; did you mean"
                + " facedrop.gate.max-pause?");
  }

  @Test
  void showsAValueWithACommentBehindItAsItIs() {
    assertThat(fault("facedrop.api.concurrency", "8 # eight"))
        .contains("but is '8 # eight' (a comment needs a line of its own)");
    assertThat(fault("facedrop.api.base-url", "ftp://a.example#s3cret")).doesNotContain("s3cret");
  }

  @Test
  void refusesASlipInTheFirstWordAndNobodyElsesProperties() {
    systemProperty("facdrop.api.rate", "5/s");
    systemProperty("erp.api.rate", "5/s");

    assertThat(invalid(Map.of("facedrop.api.key", KEY)).faults())
        .containsExactly(
            "facdrop.api.rate is not a known property; did you mean facedrop.api.rate?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.crun.ai",
        "https://api.crun.ai:8443/face",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://127.8.9.1",
        "http://[::1]:8080"
      })
  void acceptsHttpsAndLoopback(String url) throws InvalidSettingsException {
    assertThat(read(Map.of("facedrop.api.base-url", url + "//")).api().baseUrl())
        .isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.crun.ai",
        "http://localhost.crun.ai",
        "http://10.0.0.1",
        "http://0.0.0.0:8080",
        "ftp://localhost"
      })
  void refusesPlainHttpToOtherHosts(String url) {
    assertThat(fault("facedrop.api.base-url", url))
        .isEqualTo(
            "facedrop.api.base-url must begin with https:// (http:// is for a loopback host only)"
                + " but is '"
                + url
                + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "facedrop.api.base-url, https://user:s3cret@api.crun.ai, https://***@api.crun.ai",
    "facedrop.api.base-url, http://user:s3/cret@api.crun.ai, http://***@api.crun.ai",
    "facedrop.api.base-url, https://s3cret@api.crun.ai/x?y, https://***@api.crun.ai/x?***",
    "facedrop.api.base-url, https://api.crun.ai?token=s3cret, https://api.crun.ai?***",
    "facedrop.api.base-url, https://api.crun.ai#s3cret, https://api.crun.ai#***",
    "facedrop.api.base-url, user:s3cret@api.crun.ai, user:***@api.crun.ai",
    "facedrop.api.base-url, http://key-7f3a91c2.crun.ai, http://***.crun.ai",
    "facedrop.api.rate, key-7f3a91c2, ***",
    "facedrop.in-doubt, key-7f3a91c2, ***",
    "facedrop.api.proxy, http://user:s3cret@proxy:3128, http://***@proxy:3128",
    "facedrop.success.uri, sftp:user:s3cret@host/dir, sftp:***@host/dir",
    "facedrop.success.uri, sftp://u@host/dir?password=s3cret, sftp://***@host/dir?***",
    "facedrop.ledger.url, jdbc:postgresql://h/db?password=s3cret, jdbc:postgresql://h/db?***"
  })
  void neverShowsASecret(String name, String value, String shown) {
    assertThat(fault(name, value))
        .doesNotContain("s3cret", KEY)
        .startsWith(name + " must ")
        .endsWith(" but is '" + shown + "'");
  }

  @Test
  void showsNoSecretAsText() throws InvalidSettingsException {
    Settings settings = read(Map.of("facedrop.api.key", KEY, "facedrop.ledger.password", "s3cret"));

    assertThat(settings + " " + settings.api()).doesNotContain(KEY, "s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy:3128",
        "http://proxy",
        "http://proxy:0",
        "http://proxy:65536",
        "http://proxy:3128/path"
      })
  void refusesProxiesThatItCannotUse(String proxy) {
    assertThat(fault("facedrop.api.proxy", proxy))
        .isEqualTo("facedrop.api.proxy must be empty or http://host:port but is '" + proxy + "'");
  }

  @Test
  void acceptsAProxy() throws InvalidSettingsException {
    assertThat(read(Map.of("facedrop.api.proxy", "http://proxy.example:3128")).api().proxy())
        .isEqualTo(new Settings.Proxy(URI.create("http://proxy.example:3128"), "", ""));
  }

  @Test
  void refusesPortsThatDoNotExist() {
    assertThat(fault("facedrop.api.base-url", "https://api.crun.ai:65536"))
        .isEqualTo(
            "facedrop.api.base-url must have a port of at most 65535 but is"
                + " 'https://api.crun.ai:65536'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:in",
        "file:in/success",
        "file:./in/../in/success?fileExist=Ignore",
        "file://in/success"
      })
  void refusesOutputsInsideTheInbox(String uri) {
    InvalidSettingsException invalid =
        invalid(
            Map.of("facedrop.api.key", KEY, "facedrop.inbox", "in/", "facedrop.success.uri", uri));

    assertThat(invalid.faults())
        .containsExactly(
            "facedrop.success.uri must not lie inside facedrop.inbox, or its files would be picked"
                + " up again, but is '"
                + uri.replaceAll("\\?.*", "?***")
                + "'");
  }

  @Test
  void acceptsOutputsBesideTheInbox() throws InvalidSettingsException {
    Map<String, String> overrides =
        Map.of("facedrop.inbox", "in", "facedrop.success.uri", "file:in-success");

    assertThat(read(overrides).outputs().success()).isEqualTo("file:in-success");
  }

  @Test
  void takesPathsThatCannotBeAsFaults() {
    assertThat(fault("facedrop.inbox", "in\0box"))
        .isEqualTo(
            "facedrop.inbox must be a directory (Nul character not allowed) but is 'in\0box'");
    assertThat(fault("facedrop.success.uri", "file:a\0b"))
        .isEqualTo(
            "facedrop.success.uri must begin with file: and name a directory, or be"
                + " sftp://user@host:port/folder but is 'file:a\0b'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "1000000000"})
  void namesTheBoundOfNumbersOfAnySize(String number) {
    assertThat(fault("facedrop.api.concurrency", number))
        .isEqualTo("facedrop.api.concurrency cannot be more than 4096 but is " + number);
  }

  private static Settings read(Map<String, String> overrides) throws InvalidSettingsException {
    return SettingsReader.read(overrides);
  }

  private static InvalidSettingsException invalid(Map<String, String> overrides) {
    return catchThrowableOfType(
        InvalidSettingsException.class, () -> SettingsReader.readWithKey(overrides));
  }

  /** The only fault of a configuration that has a key and this. */
  private static String fault(String name, String value) {
    Map<String, String> overrides = new HashMap<>(Map.of("facedrop.api.key", KEY));
    overrides.put(name, value);
    InvalidSettingsException invalid = invalid(overrides);
    assertThat(invalid).isNotNull();
    assertThat(invalid.faults()).hasSize(1);
    return invalid.faults().get(0);
  }

  private void systemProperty(String name, String value) {
    systemProperties.add(name);
    System.setProperty(name, value);
  }

  @Test
  void rowsAreKeptForAWhileOrForEver() throws InvalidSettingsException {
    assertThat(SettingsReader.read(Map.of()).retention()).isEqualTo(Duration.ofDays(30));
    assertThat(SettingsReader.read(Map.of("facedrop.ledger.retention", "forever")).retention())
        .isZero();
    for (String wrong : List.of("0h", "never", "30")) {
      assertThat(invalid(Map.of("facedrop.ledger.retention", wrong)).faults())
          .contains(
              "facedrop.ledger.retention must be forever or a duration such as 12h or 30d but is '"
                  + wrong
                  + "'");
    }
  }
}
