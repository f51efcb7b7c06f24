package io.facedrop.ledger.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The content of a notice, in the order of its JSON. */
public final class Facts {
  static final String MESSAGE = "message";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode json;

  private Facts(ObjectNode json) {
    this.json = json;
  }

  /** Begins with what a person reads. */
  public static Facts saying(String message) {
    return new Facts(JSON.createObjectNode().put(MESSAGE, message));
  }

  static Facts of(String body) {
    try {
      return new Facts((ObjectNode) JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notice is no JSON", e);
    }
  }

  /** Adds a text; null and an empty one are left out. */
  public Facts and(String name, String text) {
    if (text != null && !text.isEmpty()) {
      json.put(name, text);
    }
    return this;
  }

  public Facts and(String name, long number) {
    json.put(name, number);
    return this;
  }

  public Facts and(String name, Instant moment) {
    return and(name, moment.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  long number(String name) {
    return json.path(name).asLong();
  }

  String message() {
    return json.path(MESSAGE).asText();
  }

  /** All that a receiver gets, in one line. */
  String body(String kind, String id, long at) {
    ObjectNode whole = JSON.createObjectNode();
    String second = Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).toString();
    whole.put("event", kind).put("id", id).put("at", second);
    whole.setAll(json);
    return whole.toString();
  }

  /** The same with other facts. */
  String body() {
    return json.toString();
  }
}
