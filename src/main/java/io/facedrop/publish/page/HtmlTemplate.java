package io.facedrop.publish.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A page's text with places for data, in which nothing of the data can be anything but text. */
public final class HtmlTemplate {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private final Template template;

  private HtmlTemplate(Template template) {
    this.template = template;
  }

  /** The template that lies beside a class. */
  public static HtmlTemplate beside(Class<?> type, String name) {
    try (InputStream bytes = type.getResourceAsStream(name);
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      return new HtmlTemplate(
          Mustache.compiler()
              .strictSections(true)
              .emptyStringIsFalse(true)
              .withEscaper(plain -> Escapers.HTML.escape(visible(plain)))
              .compile(text));
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + name + " cannot be read", e);
    }
  }

  public String html(Object data) {
    return template.execute(data);
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
