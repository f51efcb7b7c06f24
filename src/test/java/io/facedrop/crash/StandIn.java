package io.facedrop.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sandbox in a process of its own, with its journal of what arrived. */
final class StandIn implements AutoCloseable {
  private static final String LISTENS = "listens on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A request that arrived.
   *
   * @param imageUrl null of a GET
   * @param taskId null of a POST
   * @param code the code of the answer
   */
  record Request(Instant at, String imageUrl, String taskId, int code) {}

  private final Program program;
  private final Path journal;
  private final String address;

  StandIn(Path folder) {
    journal = folder.resolve("journal.jsonl");
    program =
        Program.start(
            folder,
            null,
            Map.of(),
            line -> line.contains(LISTENS),
            List.of(
                "sandbox",
                "--port=0",
                "--latency=20ms",
                "--task-duration=300ms",
                "--journal=" + journal));
    String line = program.await(Duration.ofSeconds(60));
    if (line == null) {
      throw new IllegalStateException("the sandbox did not start; see " + folder);
    }
    address = line.substring(line.indexOf(LISTENS) + LISTENS.length()).trim();
  }

  String address() {
    return address;
  }

  /** How much is in the journal; more when a request has arrived. */
  long journalled() {
    try {
      return Files.size(journal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that has arrived so far, in order. */
  List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(journal)) {
        JsonNode arrival = JSON.readTree(line);
        requests.add(
            new Request(
                Instant.parse(arrival.path("at").asText()),
                arrival.path("image_url").textValue(),
                arrival.path("detect_task_id").textValue(),
                arrival.path("code").asInt()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return requests;
  }

  @Override
  public void close() {
    program.terminate();
  }
}
