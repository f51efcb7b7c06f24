package io.facedrop.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks from outside whether every row is accounted for: manifests, outputs, journal, ledger. */
final class Audit {
  /** Codes after which the API has done nothing, so that the row may be POSTed again. */
  private static final Set<Integer> REFUSED = Set.of(429, 500);

  private static final int SUCCESS = 200;

  private static final List<String> SHARED =
      List.of("facedrop_detect_task_id", "facedrop_detect_id", "facedrop_faces", "facedrop_reason");

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Outcome(String output, Map<String, String> cells) {
    String cell(String name) {
      return cells.getOrDefault(name, "");
    }
  }

  private final Episode episode;
  private final Figures figures;
  private final Map<String, List<Integer>> posts;
  private final Map<String, Long> polls;
  private final Map<String, Map<Long, List<Outcome>>> outcomes = new HashMap<>();
  private final Set<LedgerCopy.Marked> marked;

  Audit(Episode episode, Figures figures, List<StandIn.Request> requests) {
    this.episode = episode;
    this.figures = figures;
    this.posts =
        requests.stream()
            .filter(request -> request.imageUrl() != null)
            .collect(
                Collectors.groupingBy(
                    StandIn.Request::imageUrl,
                    Collectors.mapping(StandIn.Request::code, Collectors.toList())));
    this.polls =
        requests.stream()
            .filter(request -> request.imageUrl() == null && request.taskId() != null)
            .collect(Collectors.groupingBy(StandIn.Request::taskId, Collectors.counting()));
    LedgerCopy ledger = LedgerCopy.of(episode.ledger(), episode.folder());
    this.marked = new HashSet<>(ledger.marked());
    if (!ledger.inFlight().isEmpty()) {
      figures.fault("rows are still in flight at the end: %s", ledger.inFlight());
    }
  }

  void audit() {
    read("success");
    read("dead-letter");
    episode
        .drops()
        .urls()
        .forEach((stem, urls) -> urls.forEach((line, url) -> row(stem, line, url)));
    outcomes.forEach(this::onlyOwnLines);
    Tree.files(episode.folder().resolve("data/report")).stream()
        .filter(file -> file.toString().endsWith(".json"))
        .forEach(this::report);
    if (!episode.isRun()) {
      archivesAreWhole();
    }
    keyIsNowhere();
  }

  private void archivesAreWhole() {
    Set<String> archived =
        Tree.wholeFiles(episode.folder().resolve("data/archive")).stream()
            .map(Observer::sha256)
            .collect(Collectors.toSet());
    episode
        .drops()
        .digests()
        .forEach(
            (stem, sha256) -> {
              if (!archived.contains(sha256)) {
                figures.fault("%s is not in the archive as it was dropped", stem);
              }
            });
  }

  private void read(String output) {
    for (Path file : Tree.files(episode.folder().resolve("data/" + output))) {
      String name = file.getFileName().toString();
      if (name.startsWith(".")) {
        figures.fault("a temporary file is left: %s", file);
        continue;
      }
      String stem = name.substring(0, name.indexOf('.'));
      try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
        for (NamedCsvRecord row : csv) {
          outcomes
              .computeIfAbsent(stem, s -> new HashMap<>())
              .computeIfAbsent(
                  Long.parseLong(row.getField("facedrop_line")), l -> new ArrayList<>())
              .add(new Outcome(output, row.getFieldsAsMap()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void row(String stem, long line, String url) {
    figures.rows++;
    List<Outcome> found = outcomes(stem, line);
    if (found.isEmpty()) {
      figures.lost++;
      figures.fault("%s line %d is in no output", stem, line);
      return;
    }
    if (found.size() > 1) {
      figures.publishedTwice++;
      figures.fault("%s line %d is published %d times", stem, line, found.size());
    }
    Outcome outcome = found.get(0);
    if (!outcome.cell("image_url").equals(url)) {
      figures.fault("%s line %d bears %s instead of %s", stem, line, outcome.cells(), url);
    }
    long first = firstOf(stem, url);
    if (first == line) {
      sent(stem, line, posts.getOrDefault(url, List.of()), outcome);
    } else if (!outcomes(stem, first).isEmpty()) {
      shared(stem, line, outcomes(stem, first).get(0), outcome);
    }
  }

  private List<Outcome> outcomes(String stem, long line) {
    return outcomes.getOrDefault(stem, Map.of()).getOrDefault(line, List.of());
  }

  /** The first line that bears a URL; the others share its request. */
  private long firstOf(String stem, String url) {
    return episode.drops().urls().get(stem).entrySet().stream()
        .filter(line -> line.getValue().equals(url))
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElseThrow();
  }

  /** A row that shares the request of another has its result, and cost nothing. */
  private void shared(String stem, long line, Outcome first, Outcome outcome) {
    figures.shared++;
    boolean same =
        first.output().equals(outcome.output())
            && SHARED.stream().allMatch(name -> first.cell(name).equals(outcome.cell(name)));
    if (!same
        || counted(outcome) != 0
        || !outcome.cell("facedrop_charged").equals("no")
        || marked.contains(new LedgerCopy.Marked(stem, line))) {
      figures.fault("%s line %d does not share %s: %s", stem, line, first, outcome);
    }
  }

  private void sent(String stem, long line, List<Integer> codes, Outcome outcome) {
    figures.posts += codes.size();
    paidOnce(stem, line, codes, outcome);
    endsAsItsImageAsks(stem, line, codes, outcome);
    inDoubtAsItMust(stem, line, outcome);
    requestsAreCounted(stem, line, codes.size(), outcome);
  }

  /** POSTs that followed one which the API had not refused. */
  private static int surplus(List<Integer> codes) {
    int surplus = 0;
    for (int i = 1; i < codes.size(); i++) {
      surplus += REFUSED.contains(codes.get(i - 1)) ? 0 : 1;
    }
    return surplus;
  }

  private void paidOnce(String stem, long line, List<Integer> codes, Outcome outcome) {
    int surplus = surplus(codes);
    boolean isMarked = marked.contains(new LedgerCopy.Marked(stem, line));
    figures.surplusPosts += surplus;
    figures.marks += isMarked ? 1 : 0;
    figures.rowsPostedAgain += surplus > 0 ? 1 : 0;
    if (isMarked && surplus == 0) {
      figures.needlessMarks++;
      boolean refused = codes.stream().anyMatch(REFUSED::contains);
      if (!refused && counted(outcome) == arrived(codes.size(), outcome)) {
        figures.fault("%s line %d is marked, but all its POSTs arrived: %s", stem, line, codes);
      }
    }
    if (surplus > (isMarked ? episode.timesInDoubt(stem, line) : 0)) {
      figures.postedTwiceUnasked++;
      figures.fault("%s line %d was POSTed again unasked: %s", stem, line, codes);
    }
    if (isMarked != (episode.resubmits() && episode.timesInDoubt(stem, line) > 0)) {
      figures.fault("%s line %d: marked %s", stem, line, isMarked);
    }
  }

  private void endsAsItsImageAsks(String stem, long line, List<Integer> codes, Outcome outcome) {
    String reason = outcome.cell("facedrop_reason");
    String asked = Drops.reason(outcome.cell("image_url"));
    boolean success = outcome.output().equals("success");
    if (!reason.equals("IN_DOUBT")
        && (!reason.equals(asked) || success && !codes.contains(SUCCESS))) {
      figures.fault(
          "%s line %d, answered %s, must end as '%s': %s", stem, line, codes, asked, outcome);
    }
    boolean faceless = outcome.cell("facedrop_face_count").equals("0");
    if (success && faceless != outcome.cell("image_url").contains("/faces-0/")) {
      figures.fault("%s line %d has other faces: %s", stem, line, outcome);
    }
  }

  /** The rows in doubt are those whose POST was in flight at a kill, no fewer and no more. */
  private void inDoubtAsItMust(String stem, long line, Outcome outcome) {
    boolean must = !episode.resubmits() && episode.timesInDoubt(stem, line) > 0;
    boolean is = outcome.cell("facedrop_reason").equals("IN_DOUBT");
    if (must != is) {
      figures.fault("%s line %d must%s be in doubt: %s", stem, line, must ? "" : " not", outcome);
    }
    boolean isMarked = outcome.cell("facedrop_possible_duplicate").equals("true");
    if (outcome.output().equals("success")
        && isMarked != marked.contains(new LedgerCopy.Marked(stem, line))) {
      figures.fault("%s line %d says possible duplicate %s", stem, line, isMarked);
    }
  }

  private void requestsAreCounted(String stem, long line, int posted, Outcome outcome) {
    long arrived = arrived(posted, outcome);
    long counted = counted(outcome);
    if (counted < arrived || counted > arrived + episode.timesInFlight(stem, line)) {
      figures.fault(
          "%s line %d counts %d requests of %d that arrived", stem, line, counted, arrived);
    }
  }

  private long arrived(int posted, Outcome outcome) {
    String task = outcome.cell("facedrop_detect_task_id");
    return posted + (task.isEmpty() ? 0 : polls.getOrDefault(task, 0L));
  }

  private static long counted(Outcome outcome) {
    return Long.parseLong(outcome.cell("facedrop_requests"));
  }

  private void onlyOwnLines(String stem, Map<Long, List<Outcome>> lines) {
    Map<Long, String> own = episode.drops().urls().getOrDefault(stem, Map.of());
    lines.keySet().stream()
        .filter(line -> !own.containsKey(line))
        .forEach(line -> figures.fault("%s has no line %d", stem, line));
  }

  private void report(Path file) {
    try {
      JsonNode report = JSON.readTree(file.toFile());
      long rows = report.path("rows").asLong();
      if (rows != report.path("succeeded").asLong() + report.path("dead_letters").asLong()) {
        figures.fault("%s does not add up", file);
      }
      for (JsonNode part : report.path("parts")) {
        Path there =
            Tree.files(episode.folder().resolve("data")).stream()
                .filter(path -> path.endsWith(part.path("file").asText()))
                .findFirst()
                .orElse(null);
        if (there == null || !part.path("sha256").asText().equals(Observer.sha256(there))) {
          figures.fault("%s names the part %s, found %s", file, part, there);
        }
      }
    } catch (IOException e) {
      figures.fault("%s cannot be read: %s", file, e);
    }
  }

  private void keyIsNowhere() {
    for (Path file : Tree.files(episode.folder())) {
      try {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(Episode.KEY)) {
          figures.fault("the key stands in %s", file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
