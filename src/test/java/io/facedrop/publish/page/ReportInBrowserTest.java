package io.facedrop.publish.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facedrop.browser.Browser;
import io.facedrop.publish.report.Face;
import io.facedrop.words.Count;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as a person sees it: opened from the disk, in a real browser. */
class ReportInBrowserTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int PHONE = 360;
  private static final int DESKTOP = 1200;

  /** Elements that stick out of the window or, in a plot, of it; those in a scroller may. */
  private static final String STICKING_OUT =
      """
      [...document.querySelectorAll('body *')].filter(e => {
        const box = e.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || e.closest('.scroll')) return false;
        const frame = e.closest('svg') ? e.closest('svg').getBoundingClientRect()
            : {left: 0, right: innerWidth};
        return box.right > frame.right + 1 || box.left < frame.left - 1;
      }).map(e => e.outerHTML.substring(0, 160))""";

  /** Labels of the same plot that lie upon each other. */
  private static final String COLLIDING =
      """
      [...document.querySelectorAll('svg')].flatMap(svg => {
        const texts = [...svg.querySelectorAll('text')];
        return texts.flatMap((a, i) => texts.slice(i + 1).filter(b => {
          const one = a.getBoundingClientRect(), other = b.getBoundingClientRect();
          return one.width > 0 && one.left < other.right && other.left < one.right
              && one.top + 2 < other.bottom && other.top + 2 < one.bottom;
        }).map(b => a.textContent + ' / ' + b.textContent));
      })""";

  @TempDir static Path home;
  private static Browser browser;

  @BeforeAll
  static void start() {
    assumeTrue(
        Browser.isInstalled(),
        "no chromium and chromedriver on the PATH: the report is not looked at");
    browser = new Browser(home.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "busy, 1200, light",
    "busy, 1200, dark",
    "busy, 720, light",
    "busy, 360, light",
    "busy, 360, dark",
    "small, 1200, light",
    "small, 1200, dark",
    "small, 360, light",
    "empty, 1200, light",
    "empty, 360, dark",
    "invalid, 1200, light",
    "invalid, 360, light",
    "cancelled, 1280, light",
    "cancelled, 360, dark",
    "failed, 1280, dark",
    "failed, 360, light",
    "days, 1200, light",
    "days, 360, dark",
    "hostile, 1200, dark",
    "hostile, 360, light"
  })
  void fitsEveryWindowAndAsksForNothing(String sample, int width, String scheme) throws Exception {
    SampleBatch batch = sample(sample);
    Path page = show(batch, sample, width, scheme);
    assertThat((String) browser.ask("document.body.innerText"))
        .contains(
            Count.number(batch.report().batch().rows()) + " row",
            Count.number(batch.succeeded) + " succeeded",
            "What became of the rows",
            "Over time",
            "Cost",
            "Files",
            "Settings");
    browser.ask("document.querySelectorAll('details').forEach(one => one.open = true)");
    assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    assertThat((List<?>) browser.ask(STICKING_OUT)).isEmpty();
    assertThat((List<?>) browser.ask(COLLIDING)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requestsAndDialogs()).containsExactly(page.toUri().toString());
    assertThat(browser.ask("document.querySelectorAll('script, iframe, img, object').length"))
        .isEqualTo(0L);
    keepPicture(sample + "-" + width + "-" + scheme, scheme);
  }

  @Test
  void showsHostileWordsAsTheyAre() throws Exception {
    SampleBatch batch = SampleBatches.hostile();
    show(batch, "hostile", DESKTOP, "light");
    String text = (String) browser.ask("document.body.innerText");
    assertThat(text)
        .contains("<img src=x onerror=alert(1)>\"><script>alert(2)</script>'</title></style>")
        .contains("{{x}}{{{y}}}javascript:alert(3) \uFFFDgpj.exe\uFFFD");
    assertThat((String) browser.ask("document.title"))
        .isEqualTo("20261122T095841Z-5eed1e55 · facedrop report");
  }

  @Test
  void showsFacesOnlyWhenAskedFor() throws Exception {
    SampleBatch batch = SampleBatches.hostile();
    IntStream.range(0, 8)
        .mapToObj(face -> new Face(face, "", SampleBatches.HOSTILE, unreachable(face)))
        .forEach(batch.contactSheet::add);
    Path page = show(batch, "contact-sheet", PHONE, "light");
    assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    assertThat((List<?>) browser.ask(STICKING_OUT)).isEmpty();
    assertThat(browser.ask("document.images.length")).isEqualTo(8L);
    browser.ask("document.images[0].scrollIntoView()");
    assertThat(browser.requestsAndDialogs())
        .allMatch(
            seen -> seen.equals(page.toUri().toString()) || seen.startsWith("http://127.0.0.1:9/"));
    keepPicture("contact-sheet", "light");
  }

  /** Nobody listens at the port for what is to be discarded. */
  private static String unreachable(int face) {
    return "http://127.0.0.1:9/" + face + ".png?a=\"b\"&c='d'";
  }

  private static SampleBatch sample(String name) {
    return switch (name) {
      case "busy" -> SampleBatches.busy();
      case "small" -> SampleBatches.small();
      case "empty" -> SampleBatches.empty();
      case "invalid" -> SampleBatches.invalid();
      case "days" -> SampleBatches.days();
      case "cancelled" -> SampleBatches.cancelled();
      case "failed" -> SampleBatches.failed();
      default -> SampleBatches.hostile();
    };
  }

  private static Path show(SampleBatch batch, String name, int width, String scheme)
      throws IOException {
    Path page = home.resolve(name + ".html");
    Files.writeString(page, new ReportPage(batch.report()).html());
    browser.open(page, width, scheme);
    return page;
  }

  private static void keepPicture(String name, String scheme) throws IOException {
    byte[] png = browser.picture();
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), png);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    long colours =
        IntStream.range(0, picture.getWidth() * picture.getHeight() / 7)
            .map(i -> i * 7)
            .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(50);
    boolean dark = (picture.getRGB(2, 2) & 0xff) < 0x40;
    assertThat(dark).isEqualTo(scheme.equals("dark"));
  }
}
