package io.facedrop.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a screen, from the PATH; nothing is ever downloaded for it. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;

  public Browser(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium").orElseThrow().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    driver = new ChromeDriver(service(), options);
  }

  /** Told where its driver is, Selenium looks for none and tells nobody. */
  private static ChromeDriverService service() {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
        .usingAnyFreePort()
        .withEnvironment(Map.of("SE_AVOID_STATS", "true", "SE_OFFLINE", "true"))
        .build();
  }

  public static boolean isInstalled() {
    return program("chromium").isPresent() && program("chromedriver").isPresent();
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Shows a file in a window of this width, in light or dark colours. */
  public void open(Path page, int width, String scheme) {
    open(page.toUri(), width, scheme);
  }

  /** Shows a page in a window of this width, in light or dark colours. */
  public void open(URI page, int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    driver.get(page.toString());
    // The end of the first tab's own loading may be taken for that of the page.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> "complete".equals(ask("document.readyState")));
  }

  /** What an expression of the page's own comes to. */
  public Object ask(String script) {
    return driver.executeScript("return " + script);
  }

  /** Clicks what bears these words: a link, a button or a summary. */
  public void click(String words) {
    driver
        .findElement(
            By.xpath(
                "//*[self::a or self::button or self::summary][contains(normalize-space(.), '"
                    + words
                    + "')]"))
        .click();
  }

  /** Drops a file onto the page, as if it had been dragged from a folder. */
  public void drop(String name, String content) {
    driver.executeScript(
        """
        const dropped = new DataTransfer();
        dropped.items.add(new File([arguments[1]], arguments[0]));
        document.body.dispatchEvent(
            new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
        """,
        name,
        content);
  }

  /** Chooses a file in the page's field for one. */
  public void choose(Path file) {
    driver.findElement(By.cssSelector("input[type=file]")).sendKeys(file.toString());
  }

  /** Where files go that are downloaded from now on. */
  public void downloadTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Presses keys, wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** All that can be read. */
  public String text() {
    return (String) ask("document.body.innerText");
  }

  /** What axe finds serious or worse. */
  public List<?> barriers() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(found => done(found.violations
                .filter(it => it.impact === 'serious' || it.impact === 'critical')
                .map(it => it.id + ': ' + it.nodes.map(node => node.html).join(' | '))));
            """);
  }

  /** What the page or the browser complained of. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The addresses that the page asked for, itself included, and its dialogs. */
  public List<String> requestsAndDialogs() throws IOException {
    Stream.Builder<String> seen = Stream.builder();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).path("message");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" -> seen.add(message.at("/params/request/url").asText());
        case "Page.javascriptDialogOpening" -> seen.add("dialog " + message);
        default -> {
          // Of no concern here.
        }
      }
    }
    // The browser's own first tab may still be loading.
    return seen.build()
        .filter(what -> !what.startsWith("chrome://") && !what.startsWith("data:"))
        .toList();
  }

  /** The whole page as a PNG file. */
  public byte[] picture() {
    Number height = (Number) ask("document.documentElement.scrollHeight");
    Number width = (Number) ask("document.documentElement.clientWidth");
    Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
