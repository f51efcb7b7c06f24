package io.facedrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.Settings;
import io.facedrop.config.Settings.Console.Pass;
import io.facedrop.config.SettingsReader;
import io.facedrop.integration.Beans;
import io.facedrop.ledger.LedgerBench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The pages behind the real server, over a ledger, and what a browser asks of them. */
final class PageBench implements AutoCloseable {
  static final String OPERATOR = "operator-0123456789";
  static final String VIEWER = "viewer-0123456789";
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");

  private final CamelContext context = new DefaultCamelContext();
  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Beans beans;
  private final ConsoleServer server;

  private PageBench(
      LedgerBench bench, Settings settings, Settings.Console console, Duration patience)
      throws Exception {
    beans =
        new Beans(
            settings, bench.ledger, OptionalDouble::empty, Duration.ZERO, (thread, failure) -> {});
    beans.addConsole(() -> false);
    server = ConsoleServer.open(console, patience).orElseThrow();
    beans.bind(context);
    server.bind(context, settings);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveResource(context, "file:routes/operator-page.camel.yaml"));
    context.start();
  }

  /** Where everybody on the machine is the operator. */
  static PageBench open(LedgerBench bench, Path folder, Map<String, String> more) throws Exception {
    return with(bench, folder, more, "", "", Duration.ofSeconds(90));
  }

  /**
   * Where a token is asked for; each is empty for none.
   *
   * @param patience for which a connection may be without a whole request
   */
  static PageBench with(
      LedgerBench bench,
      Path folder,
      Map<String, String> more,
      String token,
      String viewerToken,
      Duration patience)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("facedrop.api.key", "any");
    settings.put("facedrop.inbox", folder.resolve("inbox").toString());
    return new PageBench(
        bench,
        SettingsReader.readWithKey(settings),
        new Settings.Console(
            "127.0.0.1", 0, true, List.of(), passes(token, "anna"), passes(viewerToken, "")),
        patience);
  }

  static List<Pass> passes(String token, String name) {
    return token.isEmpty() ? List.of() : List.of(new Pass(name, token));
  }

  String origin() {
    return server.address().replaceFirst("/$", "");
  }

  /** The cookie of whoever shows this token. */
  String cookie(String token) throws Exception {
    return post("/login", "token=" + token, origin(), "")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .replaceFirst(";.*", "");
  }

  HttpResponse<String> get(String path, String cookie) throws Exception {
    return send(to(path, cookie).GET());
  }

  HttpResponse<String> post(String path, String form, String origin, String cookie)
      throws Exception {
    HttpRequest.Builder request =
        to(path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return send(origin.isEmpty() ? request : request.header("Origin", origin));
  }

  /** As a browser sends a form with a file. */
  HttpResponse<String> upload(String secret, String name, byte[] content, String cookie)
      throws Exception {
    return send(
        to("/upload", cookie)
            .header("Origin", origin())
            .header("Content-Type", "multipart/form-data; boundary=b0undary")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(parts(secret, "", name, content))));
  }

  static List<byte[]> parts(String secret, String folder, String name, byte[] content) {
    return List.of(
        (part("form", "") + secret + part("folder", "") + folder + part("file", name))
            .substring(2)
            .getBytes(StandardCharsets.UTF_8),
        content,
        "\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static String part(String field, String file) {
    return "\r\n--b0undary\r\nContent-Disposition: form-data; name=\""
        + field
        + (file.isEmpty() ? "\"" : "\"; filename=\"" + file + "\"\r\nContent-Type: text/csv")
        + "\r\n\r\n";
  }

  HttpRequest.Builder to(String path, String cookie) {
    List<String> headers = new ArrayList<>(List.of("Accept", "text/html"));
    if (!cookie.isEmpty()) {
      headers.addAll(List.of("Cookie", cookie));
    }
    return HttpRequest.newBuilder(URI.create(origin() + path))
        .headers(headers.toArray(String[]::new));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A connection to it, for what no browser does. */
  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(origin()).getPort());
  }

  /** The head of a form that comes from the page. */
  String head(String path, String type, long length) {
    return String.format(
        Locale.ROOT,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: %s\r\n"
            + "Content-Length: %d\r\n\r\n",
        path,
        type,
        length);
  }

  /** The secret of the forms of a page. */
  static String secret(HttpResponse<String> page) {
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    return form.group(1);
  }

  @Override
  public void close() {
    server.close();
    context.stop();
    beans.close();
  }
}
