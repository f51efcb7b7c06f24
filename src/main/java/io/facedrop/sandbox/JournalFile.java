package io.facedrop.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends each arrival to a file, a JSON object a line, before the request is answered, so that it
 * tells of every answer that anybody has seen.
 */
final class JournalFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;

  JournalFile(Path file) {
    try {
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal " + file + " cannot be written", e);
    }
  }

  synchronized void append(Arrival arrival, Inquiry inquiry, Reply answer) {
    try {
      out.write((line(arrival, inquiry, answer) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be written", e);
    }
  }

  private static ObjectNode line(Arrival arrival, Inquiry inquiry, Reply answer) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("at", arrival.at().toString())
            .put("method", arrival.method())
            .put("path", arrival.path())
            .put("image_url", arrival.imageUrl())
            .put("detect_task_id", inquiry.image() == null ? arrival.taskId() : created(answer))
            .put("code", arrival.code());
    ObjectNode headers = line.putObject("headers");
    inquiry.wire().headers().forEach(headers::put);
    return line.put("body", inquiry.wire().body());
  }

  /** The task of a whole answer that names one; else null. */
  private static String created(Reply answer) {
    try {
      return answer.journalled() == 200
          ? JSON.readTree(answer.body().before()).at("/data/detect_task_id").textValue()
          : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be closed", e);
    }
  }
}
