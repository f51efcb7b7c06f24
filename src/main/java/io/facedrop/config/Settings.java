package io.facedrop.config;

import io.facedrop.expect.Expectation;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.url.UrlRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The whole configuration, validated.
 *
 * @param retention how long rows of a complete batch are kept; zero for ever
 * @param properties every property as resolved, for Camel and the placeholders in the routes; it
 *     holds the key, so it is never printed
 */
public record Settings(
    Api api,
    Retry retry,
    Gate gate,
    InDoubt inDoubt,
    Batch batch,
    Faces faces,
    Inbox inbox,
    ManifestRules manifests,
    Images images,
    Duplicates duplicates,
    Outputs outputs,
    Duration publishInterval,
    Report report,
    Sftp sftp,
    LedgerAddress ledger,
    Duration retention,
    Events events,
    List<Expectation> expectations,
    Console console,
    Map<String, String> properties) {
  private static final List<String> WORKED =
      List.of(
          "facedrop.api.rate",
          "facedrop.api.query-rate",
          "facedrop.api.concurrency",
          "facedrop.api.response-timeout",
          "facedrop.retry.max-attempts",
          "facedrop.in-doubt",
          "facedrop.batch.hold-after",
          "facedrop.faces.await",
          "facedrop.faces.deadline",
          "facedrop.duplicate-urls");

  /**
   * The API and how it may be used.
   *
   * @param key the secret; empty where a command needs none
   * @param rate of creates and queries together, or of creates if queries have their own
   * @param queryRate of queries alone; null where they share the rate
   * @param proxy null for none
   * @param certificate null for none
   */
  public record Api(
      URI baseUrl,
      String key,
      Rate rate,
      Rate queryRate,
      int concurrency,
      Duration connectTimeout,
      Duration responseTimeout,
      Proxy proxy,
      ClientCertificate certificate) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** By which queries leave. */
    public Rate collectingRate() {
      return queryRate == null ? rate : queryRate;
    }

    /** What tells this API from another: its address, written in one way. */
    public String address() {
      String scheme = baseUrl.getScheme();
      int port = baseUrl.getPort();
      boolean usual = port == -1 || port == ("https".equals(scheme) ? HTTPS : HTTP);
      return scheme
          + "://"
          + baseUrl.getHost().toLowerCase(Locale.ROOT)
          + (usual ? "" : ":" + port)
          + baseUrl.getRawPath();
    }

    /** Address and fingerprint of the key: what a gate is kept under. */
    public String authority() {
      return address() + " key " + Fingerprint.of(key);
    }

    @Override
    public String toString() {
      return "Api[" + baseUrl + ", " + rate + ", concurrency " + concurrency + "]";
    }
  }

  /** The proxy on the way to the API; {@code user} and {@code password} are empty for none. */
  public record Proxy(URI address, String user, String password) {
    @Override
    public String toString() {
      return "Proxy[" + address + "]";
    }
  }

  /** What facedrop shows the API to prove itself; the key store is PKCS#12 or JKS. */
  public record ClientCertificate(Path keyStore, String password) {
    @Override
    public String toString() {
      return "ClientCertificate[" + keyStore + "]";
    }
  }

  /**
   * Where the ledger lies, and how this process works on one that lies on a server.
   *
   * @param username empty for none
   * @param password empty for none
   * @param node its name, for people to read
   * @param lease for which others take it for alive without a heartbeat
   */
  public record LedgerAddress(
      String url, String username, String password, String node, Duration lease) {
    @Override
    public String toString() {
      return "LedgerAddress[" + url.replaceFirst("\\?.*", "") + "]";
    }
  }

  /** Backoff after code 500. */
  public record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {}

  /** When the gate closes and how it opens again. */
  public record Gate(int tripAfter, Duration probeInterval, Duration maxPause) {}

  /** When a batch is held: {@code holdAfter} first answers are looked at, 0 for none. */
  public record Batch(int holdAfter) {}

  /** What becomes of a row whose request may have been charged although no answer came. */
  public enum InDoubt {
    DEAD_LETTER,
    RESUBMIT
  }

  /**
   * Whether and how the faces of a task are awaited.
   *
   * @param deadline age at which a task that still runs is given up
   * @param pollAges ages at which its result is asked for, ascending; empty where they are learnt
   * @param pollInterval after the last of them
   * @param openTasks so many at most; 0 for no bound
   */
  public record Faces(
      boolean await,
      Duration deadline,
      List<Duration> pollAges,
      Duration pollInterval,
      long openTasks) {

    /** Whether facedrop learns when to query tasks. */
    public boolean isLearning() {
      return pollAges.isEmpty();
    }
  }

  /** What decides how rows are worked, by key, as a report shows it; nothing secret. */
  public Map<String, String> worked() {
    Map<String, String> worked = new LinkedHashMap<>();
    WORKED.forEach(key -> worked.put(key, properties.getOrDefault(key, "")));
    return worked;
  }

  /**
   * The watched directory and what is expected there.
   *
   * @param doneFile empty for none
   * @param checksumNeeded whether a manifest waits for its {@code .sha256}
   */
  public record Inbox(Path directory, String doneFile, boolean checksumNeeded) {}

  /**
   * Which image URLs are sent.
   *
   * @param longest characters of one
   * @param allowed none other, unless empty; {@code *.example.com} stands for all below it
   * @param privateRefused whether loopback, private and link-local addresses are refused
   */
  public record Images(
      int longest, List<String> allowed, List<String> denied, boolean privateRefused) {
    public UrlRule rule() {
      return new UrlRule(longest, allowed, denied, privateRefused);
    }
  }

  /**
   * What becomes of what was here before.
   *
   * @param accepted whether a manifest of the same content is worked again
   * @param window within which it is not
   * @param sharedUrls whether rows of a manifest that repeat a URL share the result of the first
   */
  public record Duplicates(boolean accepted, Duration window, boolean sharedUrls) {}

  /**
   * Camel endpoint URIs of the outputs.
   *
   * @param acknowledged whether a file at the report's place says that a manifest was accepted
   * @param neutralised whether carried CSV cells that are formulas are made harmless
   */
  public record Outputs(
      String success,
      String deadLetter,
      String report,
      String rejected,
      String archive,
      boolean acknowledged,
      boolean neutralised) {

    /** The directory behind a {@code file:} URI; of another the URI without its options. */
    public static String directory(String uri) {
      return uri.replaceFirst("^file:(//)?", "").replaceFirst("\\?.*$", "");
    }

    /** The same without the user, to be kept and shown. */
    public static String place(String uri) {
      return directory(uri).replaceFirst("^(\\w+://)[^/]*@", "$1");
    }

    /**
     * A file's name below one of these URIs: the SFTP client takes {@code *}, {@code ?} and {@code
     * \} for patterns, and would remove every file when asked to remove {@code *}.
     */
    public static String nameAt(String uri, String name) {
      return Addresses.isSftp(uri) ? name.replaceAll("[*?\\\\\\p{Cntrl}]", "_") : name;
    }
  }

  /**
   * The folder of an SFTP server from which manifests are picked up.
   *
   * @param uri as {@code sftp://user@host:port/folder}; empty for none
   * @param quietTime for which size and time of a file must have stayed the same
   * @param doneFile empty for none
   */
  public record Sftp(
      String uri, SftpAccess access, Duration pollInterval, Duration quietTime, String doneFile) {
    public boolean pickedUp() {
      return !uri.isEmpty();
    }
  }

  /**
   * How facedrop and an SFTP server prove themselves to each other; texts are empty for none.
   *
   * @param keyFile null for none
   * @param knownHosts null for none
   * @param strict whether a server must have a key that is in there
   * @param sshRsa whether signatures by SHA-1 will do, as old servers make them
   * @param timeout for which a server that owes an answer may be silent
   */
  public record SftpAccess(
      String password,
      Path keyFile,
      String passphrase,
      Path knownHosts,
      boolean strict,
      boolean sshRsa,
      Duration timeout) {
    @Override
    public String toString() {
      return "SftpAccess[key file " + keyFile + ", known hosts " + knownHosts + "]";
    }
  }

  /**
   * Where events go.
   *
   * @param uri of a Camel endpoint, which may hold secrets; empty for nowhere
   */
  public record Events(String uri) {
    public boolean areWanted() {
      return !uri.isEmpty();
    }

    @Override
    public String toString() {
      return "Events[" + uri.replaceFirst(":.*", "") + "]";
    }
  }

  /**
   * The HTTP server of {@code serve}.
   *
   * @param host that it listens on
   * @param port 0 for any that is free, {@link #OFF} for no server
   * @param chosen whether the operator has chosen the port, so that no server is a fault
   * @param allowedHosts names besides its own under which it is reached
   * @param operators tokens of those who act; empty for none
   * @param viewers tokens of those who may only look; empty for none
   */
  public record Console(
      String host,
      int port,
      boolean chosen,
      List<String> allowedHosts,
      List<Pass> operators,
      List<Pass> viewers) {
    public static final int OFF = -1;

    /**
     * A token that opens the console.
     *
     * @param name of whoever has it; empty where nobody said
     */
    public record Pass(String name, String token) {
      @Override
      public String toString() {
        return "Pass[" + name + "]";
      }
    }

    public boolean isOff() {
      return port == OFF;
    }

    @Override
    public String toString() {
      return "Console[" + host + ", " + port + "]";
    }
  }

  /** The completion report; {@code contactSheet} is how many faces it shows, 0 for none. */
  public record Report(int contactSheet) {}

  /**
   * How long rows take.
   *
   * @param queriesPerTask how many queries a task takes, as far as is known; at least 1
   * @param taskTime by which age tasks have likely ended; zero while that is not known
   */
  public Forecast forecast(double queriesPerTask, Duration taskTime) {
    return new Forecast(api, faces.await(), queriesPerTask, taskTime);
  }

  /** The address of the ledger, in which nothing is secret. */
  public String ledgerUrl() {
    return ledger.url();
  }

  @Override
  public String toString() {
    return "Settings[" + api + ", " + ledger.url() + "]";
  }
}
