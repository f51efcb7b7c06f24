package io.facedrop.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;

/** A file that a browser is to keep. */
final class Attachment {
  private Attachment() {}

  /**
   * Sets the header that names it, as RFC 6266 has it: whole, and beside that in ASCII for programs
   * that know no other.
   */
  static void name(Exchange exchange, String file) {
    exchange
        .getMessage()
        .setHeader(
            "Content-Disposition",
            "attachment; filename=\""
                + file.replaceAll("[^\\w.-]", "_")
                + "\"; filename*=UTF-8''"
                // For forms, which write a space in another way, and keep a star.
                + URLEncoder.encode(file, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A"));
  }
}
