package io.facedrop.publish.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.facedrop.publish.report.BatchReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A report as one HTML file that needs nothing else, and no script. */
public final class ReportPage {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final Template TEMPLATE = template();

  private final BatchReport report;

  public ReportPage(BatchReport report) {
    this.report = report;
  }

  public String html() {
    return TEMPLATE.execute(new PageText(report).page());
  }

  private static Template template() {
    try (InputStream bytes = ReportPage.class.getResourceAsStream("report.html");
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .strictSections(true)
          .emptyStringIsFalse(true)
          .withEscaper(plain -> Escapers.HTML.escape(visible(plain)))
          .compile(text);
    } catch (IOException e) {
      throw new UncheckedIOException("the report's template cannot be read", e);
    }
  }

  /**
   * What a reader cannot see, such as a control character or one that turns the direction of the
   * text around it, could make a text look like another.
   */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> visible.appendCodePoint(isInvisible(point) ? REPLACEMENT : point));
    return visible.toString();
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\n' && point != '\t';
      // The joiners belong to the spelling of some languages.
      case Character.FORMAT -> point != ZERO_WIDTH_NON_JOINER && point != ZERO_WIDTH_JOINER;
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
