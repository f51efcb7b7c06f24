package io.facedrop.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Writes one JSON object a line to the standard error stream. */
final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final OutputStream OUT = new FileOutputStream(FileDescriptor.err);
  private static volatile String node = "";

  private JsonLines() {}

  /** From now on each line bears this name of the node. */
  static void node(String name) {
    node = name;
  }

  static void write(String level, String logger, String message, Throwable failure) {
    try {
      byte[] line = line(level, logger, message, failure);
      synchronized (OUT) {
        OUT.write(line);
      }
    } catch (IOException nobodyReads) {
      // There is nowhere else to say so.
    }
  }

  static byte[] line(String level, String logger, String message, Throwable failure)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", TIME.format(Instant.now()));
      json.writeStringField("level", level);
      json.writeStringField("logger", logger);
      json.writeStringField("message", message);
      if (failure != null) {
        json.writeStringField("exception", trace(failure));
      }
      json.writeStringField("node", node);
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
