package io.facedrop.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what is left when all is through: reports, archive, ledger and logs. */
final class Ending {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a node says when the database was away for longer than the publish interval. */
  private static final List<String> AWAY =
      List.of("the ledger could not be ", "could be published for longer than");

  /** What a node says that wakes when its lease is over. */
  private static final List<String> FROZEN =
      List.of(
          "the lease of the node",
          "the writer of the ledger cannot go on, so facedrop ends",
          // It was publishing a part.
          "this node was held up for too long",
          // It was taking a manifest in.
          "cannot be accepted yet");

  private final Episode episode;
  private final Outputs outputs;
  private final Figures figures;

  Ending(Episode episode, Outputs outputs, Figures figures) {
    this.episode = episode;
    this.outputs = outputs;
    this.figures = figures;
  }

  void audit() {
    reports();
    setAside();
    ledger();
    episode.cluster.lives().forEach(this::log);
    if (episode.api.strangers() > 0) {
      figures.fault("%d requests did not bear the key", episode.api.strangers());
    }
  }

  private void reports() {
    Map<String, Path> parts =
        outputs.parts().stream()
            .collect(
                Collectors.toMap(part -> part.getFileName().toString(), part -> part, (a, b) -> a));
    Set<String> named = new HashSet<>();
    for (Path file : Tree.wholeFiles(episode.home.resolve("report"))) {
      if (file.toString().endsWith(".json")) {
        report(file, parts, named);
      }
    }
    parts.forEach(
        (name, part) -> {
          if (!named.contains(name)) {
            figures.fault("no report names %s", part);
          }
        });
    if (parts.size() != outputs.parts().size()) {
      figures.fault("a part is there twice: %s", outputs.parts());
    }
  }

  private void report(Path file, Map<String, Path> parts, Set<String> named) {
    try {
      JsonNode report = JSON.readTree(file.toFile());
      long rows = report.path("rows").asLong();
      long ended = report.path("succeeded").asLong() + report.path("dead_letters").asLong();
      long listed = 0;
      for (JsonNode part : report.path("parts")) {
        String name = Path.of(part.path("file").asText()).getFileName().toString();
        named.add(name);
        listed += part.path("rows").asLong();
        Path there = parts.get(name);
        if (there == null || !part.path("sha256").asText().equals(Observer.sha256(there))) {
          figures.fault("%s names the part %s, found %s", file, part, there);
        }
      }
      String name = file.getFileName().toString();
      String manifest = name.substring(0, name.indexOf('.'));
      if (rows != ended || rows != listed || rows != outputs.of(manifest).size()) {
        figures.fault(
            "%s does not add up: %d rows, %d ended, %d in its parts, %d found",
            file, rows, ended, listed, outputs.of(manifest).size());
      }
    } catch (IOException e) {
      figures.fault("%s cannot be read: %s", file, e);
    }
  }

  /**
   * Of two drops of one manifest one is rejected, and all others are archived. A node that is held
   * up between setting it aside and removing it has another set it aside again.
   */
  private void setAside() {
    long rejected =
        Tree.wholeFiles(episode.home.resolve("rejected")).stream()
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".csv"))
            .map(file -> file.substring(file.indexOf('-') + 1))
            .distinct()
            .count();
    if (rejected != episode.load.twins()) {
      figures.fault("%d were rejected, of %d twins", rejected, episode.load.twins());
    }
    long archived =
        Tree.wholeFiles(episode.home.resolve("archive")).stream()
            .filter(file -> file.toString().endsWith(".csv"))
            .count();
    if (archived != episode.load.manifests().size()) {
      figures.fault("%d are archived, of %d", archived, episode.load.manifests().size());
    }
  }

  private void ledger() {
    empty("claims", "claim");
    empty("batches that are not complete", "batch where state <> 'complete'");
    empty("parts that are not published", "part where state <> 'published'");
    empty("rows that have not ended", "progress where part is null");
    long left = episode.books.number("select count(*) from node where ended_at is null");
    long cutOff = episode.cluster.lives().stream().filter(Ending::neverBegan).count();
    if (left > cutOff) {
      figures.fault("%d nodes have not left, of which %d were cut off", left, cutOff);
    }
    figures.late += episode.books.number("select coalesce(sum(late), 0) from node");
  }

  /** It has joined when the database went away, and could not leave. */
  private static boolean neverBegan(Node node) {
    return !node.hasWorked() && node.said().contains("facedrop: the ledger could not be ");
  }

  private void empty(String what, String from) {
    long count = episode.books.number("select count(*) from " + from);
    if (count != 0) {
      figures.fault("%d %s are left in the ledger", count, what);
    }
  }

  /** At ERROR stands that the database was away, and who was frozen says so; nothing else. */
  private void log(Node node) {
    boolean frozen = episode.fallen.stream().anyMatch(it -> it.node == node && it.wasWoken());
    try {
      String log = Files.readString(node.log(), StandardCharsets.ISO_8859_1);
      List<String> errors =
          log.lines().filter(line -> line.contains(" ERROR ") && !isMeant(line, frozen)).toList();
      if (!errors.isEmpty()) {
        figures.fault("%s says %s", node, errors);
      }
      if (log.contains(Api.KEY)) {
        figures.fault("the key stands in %s", node.log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMeant(String line, boolean frozen) {
    boolean away = AWAY.stream().anyMatch(line::contains) && !line.contains("expected ");
    return away || frozen && FROZEN.stream().anyMatch(line::contains);
  }
}
