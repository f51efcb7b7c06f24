package io.facedrop.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.facedrop.ledger.model.Notice;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Message;

/** Turns an event into a message: JSON, and for a mail box a text that people read. */
public final class EventMessage {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final boolean mail;
  private final boolean http;
  private final boolean file;

  /**
   * @param uri of the Camel endpoint that the message is for
   */
  public EventMessage(String uri) {
    this.mail = uri.matches("smtps?:.*");
    this.file = uri.startsWith("file:");
    this.http = uri.matches("https?:.*");
  }

  /** Sets the body and the headers. */
  @Handler
  public void write(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    Notice notice = message.getBody(Notice.class);
    message.setBody(mail ? text(notice) : file ? notice.json() + "\n" : notice.json());
    if (http) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    }
    if (mail) {
      message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
      message.setHeader("Subject", "facedrop: " + line(notice.message()));
      message.setHeader("X-Facedrop-Event-Id", notice.id());
    }
  }

  private static String text(Notice notice) throws JsonProcessingException {
    return notice.message() + "\n\n" + JSON.writeValueAsString(JSON.readTree(notice.json())) + "\n";
  }

  /** File names are of others: no line of them becomes a header of its own. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
