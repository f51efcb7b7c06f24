package io.facedrop.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;

/** The style and the script of the pages. */
public final class PageFiles {
  private final byte[] style = read("page.css");
  private final byte[] script = read("page.js");

  public void style(Exchange exchange) {
    exchange.getMessage().setBody(style);
  }

  public void script(Exchange exchange) {
    exchange.getMessage().setBody(script);
  }

  private static byte[] read(String name) {
    try (InputStream bytes = PageFiles.class.getResourceAsStream(name)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
