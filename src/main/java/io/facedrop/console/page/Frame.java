package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
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
   * @param visitor who sees it: only an operator's has what acts
   */
  static String of(String title, String part, Map<String, Object> data, Visitor visitor) {
    Map<String, Object> own = new HashMap<>(data);
    own.put("form", visitor.form());
    own.put("acts", visitor.isOperator() && !visitor.form().isEmpty());
    String main =
        PARTS.computeIfAbsent(part, name -> HtmlTemplate.beside(Frame.class, name)).html(own);
    return FRAME.html(Map.of("title", title, "main", main));
  }
}
