package io.facedrop.console.page;

import io.facedrop.publish.page.HtmlTemplate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all pages have around their own part. */
final class Frame {
  private static final HtmlTemplate FRAME = HtmlTemplate.beside(Frame.class, "frame.html");
  private static final Map<String, HtmlTemplate> PARTS = new ConcurrentHashMap<>();

  private Frame() {}

  /**
   * A whole page.
   *
   * @param part name of the template of its own part
   */
  static String of(String title, String part, Map<String, Object> data) {
    String main =
        PARTS.computeIfAbsent(part, name -> HtmlTemplate.beside(Frame.class, name)).html(data);
    Map<String, Object> whole = new HashMap<>();
    whole.put("title", title);
    whole.put("main", main);
    return FRAME.html(whole);
  }
}
