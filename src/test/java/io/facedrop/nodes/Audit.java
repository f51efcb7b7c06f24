package io.facedrop.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks from outside whether each row is published once and paid for once. */
final class Audit {
  /** Codes after which the API has done nothing, so that the row may be POSTed again. */
  private static final Set<Integer> REFUSED = Set.of(429, 500);

  private static final int SUCCESS = 200;

  private final Episode episode;
  private final Figures figures;
  private final Outputs outputs;
  private final Map<String, List<Api.Arrival>> posts;
  private final Map<String, Long> polls;
  private final Map<Books.Held, Long> held;
  private final Map<String, String> rowOfTask = new HashMap<>();

  Audit(Episode episode, Figures figures) {
    this.episode = episode;
    this.figures = figures;
    outputs = new Outputs(episode.home);
    List<Api.Arrival> journal = episode.api.journal();
    posts =
        journal.stream()
            .filter(Api.Arrival::creates)
            .collect(Collectors.groupingBy(Api.Arrival::url));
    polls =
        journal.stream()
            .filter(arrival -> !arrival.creates())
            .collect(Collectors.groupingBy(Api.Arrival::task, Collectors.counting()));
    held =
        episode.fallen.stream()
            .flatMap(fallen -> fallen.held().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  void audit() {
    figures.seeds++;
    int before = figures.inDoubt;
    Set<String> wanted = new HashSet<>();
    for (Load.Manifest manifest : episode.load.manifests()) {
      List<String> accepted =
          manifest.names().stream().filter(name -> !outputs.of(name).isEmpty()).toList();
      if (accepted.size() > 1) {
        figures.fault("%s are one manifest, and were both worked", accepted);
      }
      String name = accepted.isEmpty() ? manifest.names().get(0) : accepted.get(0);
      manifest.urls().forEach((line, url) -> row(name, line, url));
      outputs.of(name).keySet().stream()
          .filter(line -> !manifest.urls().containsKey(line))
          .forEach(line -> figures.fault("%s has no line %d", name, line));
      wanted.addAll(manifest.urls().values());
    }
    posts.keySet().stream()
        .filter(url -> !wanted.contains(url))
        .forEach(url -> figures.fault("nobody wanted %s", url));
    outputs.temporary().forEach(file -> figures.fault("a temporary file is left: %s", file));
    figures.partsAgain += outputs.again();
    if (outputs.again() > 0 && !episode.manner.taken()) {
      figures.fault("%d parts are there twice", outputs.again());
    }
    theDead(figures.inDoubt - before);
    new Ending(episode, outputs, figures).audit();
  }

  private void row(String manifest, long line, String url) {
    figures.rows++;
    List<Outputs.Row> found = outputs.of(manifest).getOrDefault(line, List.of());
    if (found.isEmpty()) {
      figures.lost++;
      figures.fault("%s line %d is in no output", manifest, line);
      return;
    }
    if (found.size() > 1) {
      figures.publishedTwice++;
      figures.fault("%s line %d is published in %s", manifest, line, parts(found));
    }
    Outputs.Row row = found.get(0);
    if (!row.cell("image_url").equals(url) || !row.cell("n").equals(String.valueOf(line))) {
      figures.fault("%s line %d bears %s instead of %s", manifest, line, row.cells(), url);
    }
    List<Api.Arrival> sent = posts.getOrDefault(url, List.of());
    figures.posts += sent.size();
    paidOnce(manifest, line, sent, row);
    endsAsItsImageAsks(manifest, line, sent, row);
    bearsItsOwnTask(manifest, line, url, row);
    requestsAreCounted(manifest, line, sent.size(), row);
  }

  private static List<String> parts(List<Outputs.Row> rows) {
    return rows.stream().map(row -> String.valueOf(row.part())).toList();
  }

  private long timesInDoubt(String manifest, long line) {
    return held.getOrDefault(new Books.Held(manifest, line, false), 0L);
  }

  private long timesHeld(String manifest, long line) {
    return timesInDoubt(manifest, line)
        + held.getOrDefault(new Books.Held(manifest, line, true), 0L);
  }

  private void paidOnce(String manifest, long line, List<Api.Arrival> sent, Outputs.Row row) {
    int surplus = 0;
    for (int i = 1; i < sent.size(); i++) {
      surplus += REFUSED.contains(sent.get(i - 1).code()) ? 0 : 1;
    }
    long asked = episode.manner.resubmit() ? timesInDoubt(manifest, line) : 0;
    if (surplus > asked) {
      figures.postedTwiceUnasked++;
      figures.fault("%s line %d was POSTed again unasked: %s, %s", manifest, line, sent, row);
    } else {
      figures.postedAgain += surplus;
    }
  }

  private void endsAsItsImageAsks(
      String manifest, long line, List<Api.Arrival> sent, Outputs.Row row) {
    String reason = row.cell("facedrop_reason");
    if (reason.equals("IN_DOUBT")) {
      figures.inDoubt++;
      if (episode.manner.resubmit() || timesInDoubt(manifest, line) == 0) {
        figures.fault("%s line %d must not be in doubt: %s, %s", manifest, line, sent, row);
      }
      return;
    }
    String asked = Load.reason(row.cell("image_url"));
    boolean created = sent.stream().anyMatch(arrival -> arrival.code() == SUCCESS);
    if (!reason.equals(asked) || row.isSuccess() && !created) {
      figures.fault("%s line %d must end as '%s': %s, %s", manifest, line, asked, sent, row);
    }
    if (row.isSuccess() && timesInDoubt(manifest, line) > 0 && !episode.manner.resubmit()) {
      figures.rescued++;
    }
  }

  /** The faces are those of a task that the API has created for this URL, and for no other row. */
  private void bearsItsOwnTask(String manifest, long line, String url, Outputs.Row row) {
    String task = row.cell("facedrop_detect_task_id");
    if (task.isEmpty()) {
      if (row.isSuccess()) {
        figures.fault("%s line %d succeeded without a task: %s", manifest, line, row);
      }
      return;
    }
    String other = rowOfTask.put(task, manifest + " line " + line);
    boolean own = url.equals(episode.api.urlOf(task)) && other == null;
    boolean faces = !row.isSuccess() || row.cell("facedrop_detect_id").equals(Api.detectId(task));
    if (!own || !faces) {
      figures.fault("%s line %d bears the task of %s: %s", manifest, line, other, row);
    }
  }

  private void requestsAreCounted(String manifest, long line, long posted, Outputs.Row row) {
    long arrived = posted + polls.getOrDefault(row.cell("facedrop_detect_task_id"), 0L);
    long counted = Long.parseLong(row.cell("facedrop_requests"));
    if (counted < arrived || counted > arrived + timesHeld(manifest, line)) {
      figures.fault(
          "%s line %d counts %d requests of %d that arrived: %s",
          manifest, line, counted, arrived, row);
    }
  }

  /** No more is in doubt than what the dead may have sent; those who wake send nothing. */
  private void theDead(int inDoubt) {
    figures.fallen += episode.fallen.size();
    long most = 0;
    for (Fallen fallen : episode.fallen) {
      figures.held += fallen.doubtful();
      figures.mostInDoubt = Math.max(figures.mostInDoubt, (int) fallen.doubtful());
      most += Cluster.CONCURRENCY;
      if (fallen.doubtful() > Cluster.CONCURRENCY) {
        figures.fault("%s held %s", fallen.node, fallen.held());
      }
      if (fallen.wasWoken()) {
        sentAfterWaking(fallen);
      }
    }
    if (inDoubt > most) {
      figures.fault("%d rows are in doubt after %s", inDoubt, episode.fallen);
    }
  }

  /**
   * What is sent again when that is asked for may be sent by another, and so may what the node
   * finds that it has not sent, and gives back.
   */
  private void sentAfterWaking(Fallen fallen) {
    if (episode.manner.resubmit()) {
      return;
    }
    String said = fallen.node.said();
    List<Api.Arrival> late = new ArrayList<>();
    for (Load.Manifest manifest : episode.load.manifests()) {
      fallen.held().stream()
          .filter(row -> !row.hasTask() && manifest.names().contains(row.manifest()))
          .filter(row -> !said.contains(episode.books.words(row) + " was not sent"))
          .map(row -> manifest.urls().get(row.line()))
          .flatMap(url -> posts.getOrDefault(url, List.of()).stream())
          .filter(arrival -> arrival.nanos() > fallen.wokenNanos)
          .forEach(late::add);
    }
    figures.sentAfterWaking += late.size();
    if (!late.isEmpty()) {
      figures.fault("%s sent after it was woken: %s", fallen.node, late);
    }
  }
}
