package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.GateView;
import io.facedrop.operator.Overview;
import io.facedrop.operator.Problem;
import io.facedrop.operator.Uploads;
import io.facedrop.words.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** The first page: whether it works, how far it is, and what wants an operator. */
public final class OverviewPage {
  private final Supplier<Overview> survey;

  /** Of whoever looks, until the plots are drawn. */
  private static final Duration PATIENCE = Duration.ofMillis(150);

  private final LastHours hours;
  private final Redrops redrops;
  private final Uploads uploads;
  private final long mostBytes;

  /**
   * @param survey looks how it stands
   * @param mostBytes of a file that is uploaded
   */
  public OverviewPage(
      Supplier<Overview> survey,
      LedgerReader ledger,
      Redrops redrops,
      Uploads uploads,
      long mostBytes) {
    this.survey = survey;
    this.redrops = redrops;
    this.hours = new LastHours(ledger, PATIENCE);
    this.uploads = uploads;
    this.mostBytes = mostBytes;
  }

  public void show(Exchange exchange) {
    Overview overview = survey.get();
    Map<String, Object> data = data(overview);
    LastHours.Drawn plots = hours.plots(overview.at());
    data.put("plots", plots.bars());
    data.put("plotsAt", Text.time(plots.at()));
    if (Visitor.of(exchange).isOperator()) {
      data.putAll(uploads());
    }
    PageAnswer.page(exchange, "Overview", "overview.html", data);
  }

  private Map<String, Object> uploads() {
    List<String> folders = uploads.folders();
    return Map.of(
        "folders",
        folders,
        "hasFolders",
        !folders.isEmpty(),
        "most",
        mostBytes,
        "uploads",
        uploads.waiting().stream()
            .map(it -> Map.of("id", it.id(), "name", UploadPage.name(it)))
            .toList());
  }

  private Map<String, Object> data(Overview overview) {
    List<Map<String, Object>> dropped = redrops.waiting();
    List<String> offered = uploads.offered().stream().map(UploadPage::name).toList();
    List<BatchProgress> open =
        overview.batches().stream().filter(batch -> !batch.batch().complete()).toList();
    Map<String, Object> data = new HashMap<>();
    boolean idle = open.isEmpty() && dropped.isEmpty() && offered.isEmpty();
    data.put("headline", headline(overview, idle));
    data.put("dropped", dropped);
    data.put("offered", offered);
    data.put("mood", overview.problems().isEmpty() ? "well" : "ill");
    data.put("at", Text.time(overview.at()));
    data.put("problems", overview.problems().stream().map(Problem::message).toList());
    data.put("standstill", overview.standstill());
    data.put("openRows", Text.number(open.stream().mapToLong(it -> it.batch().open()).sum()));
    data.put("openBatches", Count.of(open.size(), "batch"));
    data.put("rate", Text.rate(open.stream().mapToDouble(BatchProgress::rate).sum()));
    long awaiting = open.stream().mapToLong(BatchProgress::awaiting).sum();
    data.put("awaiting", Text.number(awaiting));
    data.put(
        "awaitingWords",
        Text.agreeing(awaiting, "task that runs at the API", "tasks that run at the API"));
    data.put("gate", overview.gate().state());
    data.put("closed", !overview.gate().isOpen());
    data.put("gateWords", words(overview));
    data.put("batches", overview.batches().stream().map(it -> batch(it, overview.at())).toList());
    data.put("nodes", overview.nodes().stream().map(it -> node(it, overview.at())).toList());
    data.put("places", overview.outputs().stream().map(OverviewPage::place).toList());
    data.put("servers", overview.sftp().stream().map(OverviewPage::place).toList());
    data.put("rejected", overview.rejected().words());
    data.put("rejections", rejections(overview.rejected().count()));
    return data;
  }

  /** In words, empty for none: the section that lists them is far below. */
  private static String rejections(long count) {
    return count == 0 ? "" : Count.of(count, "manifest", "was", "were");
  }

  private Map<String, Object> batch(BatchProgress progress, Instant now) {
    Map<String, Object> line = BatchLine.of(progress, now);
    line.put("again", redrops.parent(progress.batch()));
    return line;
  }

  private static String headline(Overview overview, boolean idle) {
    if (overview.gate().isHalted()) {
      return "Halted";
    }
    if (!overview.gate().isOpen()) {
      return "Paused";
    }
    if (!overview.problems().isEmpty()) {
      return "Wants an operator";
    }
    return idle ? "Nothing to do" : "Working";
  }

  private static String words(Overview overview) {
    GateView gate = overview.gate();
    if (gate.isOpen()) {
      return overview.standstill().isEmpty()
          ? "requests leave at the configured rate"
          : "it holds no request up";
    }
    return gate.isHalted()
        ? "since " + Text.time(gate.since()) + " by " + gate.cause()
        : gate.awaited(Text::time) + "; " + gate.cause();
  }

  private static Map<String, Object> node(Node node, Instant now) {
    return Map.of(
        "name",
        node.name(),
        "state",
        node.isAlive(now) ? "alive" : "ended",
        "since",
        Text.time(node.isAlive(now) ? node.startedAt() : ended(node)),
        "claims",
        Text.number(node.claims()),
        "late",
        Text.number(node.late()));
  }

  private static Instant ended(Node node) {
    return node.endedAt() == null ? node.leaseUntil() : node.endedAt();
  }

  private static Map<String, Object> place(Link link) {
    return Map.of(
        "place",
        link.place(),
        "state",
        link.trouble().isEmpty() ? "up" : "failing",
        "since",
        Text.time(link.since()),
        "trouble",
        link.trouble());
  }
}
