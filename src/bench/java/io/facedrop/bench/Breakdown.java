package io.facedrop.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What facedrop's time is made of: CPU a row by kind of thread, and the phases of the process. */
final class Breakdown {

  /** What a kind of thread does, and how their names begin. */
  private enum Share {
    WORK("workers: HTTP client, Camel, verdict on the answer", "ledger-worker"),
    LEDGER("ledger's writer: SQLite, fsync", "facedrop-ledger"),
    OUTPUTS("outputs: reading, writing and checking parts", "ledger-outputs", "facedrop-part-r"),
    JIT("JIT compiler", "C1 CompilerThre", "C2 CompilerThre"),
    MEMORY("garbage collection and JVM", "GC Thread", "G1 ", "VM "),
    REST("start-up, acceptance and the rest");

    private final String title;
    private final List<String> names;

    Share(String title, String... names) {
      this.title = title;
      this.names = List.of(names);
    }

    static Share of(String thread) {
      for (Share share : values()) {
        if (share.names.stream().anyMatch(thread::startsWith)) {
          return share;
        }
      }
      return REST;
    }
  }

  private Breakdown() {}

  /**
   * Microseconds of CPU a row by share, the medians of the runs; empty where nothing is known of
   * threads.
   */
  static Map<String, Double> of(List<Measurement> runs) {
    Map<String, Double> shares = new LinkedHashMap<>();
    if (runs.stream().anyMatch(run -> run.threadSeconds().isEmpty())) {
      return shares;
    }
    for (Share share : Share.values()) {
      shares.put(share.title, Results.median(runs, run -> micros(run, share)));
    }
    return shares;
  }

  private static double micros(Measurement run, Share share) {
    double seconds =
        share == Share.REST
            ? run.cpuSeconds() - seconds(run, one -> one != Share.REST)
            : seconds(run, one -> one == share);
    return seconds * 1e6 / run.rows();
  }

  private static double seconds(Measurement run, Predicate<Share> wanted) {
    return run.threadSeconds().entrySet().stream()
        .filter(thread -> wanted.test(Share.of(thread.getKey())))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** As a Markdown table; empty where there is nothing to tell. */
  static String text(Summary summary) {
    if (summary.cpuShares().isEmpty()) {
      return "";
    }
    double all = summary.cpuShares().values().stream().mapToDouble(Double::doubleValue).sum();
    String rows =
        summary.cpuShares().entrySet().stream()
            .map(
                share ->
                    String.format(
                        Locale.ROOT,
                        "| %s | %.1f µs | %.0f %% |%n",
                        share.getKey(),
                        share.getValue(),
                        100 * share.getValue() / all))
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        """

        Of %.1f s of %s: %.1f s from the start to the first request, %.1f s from there to the last \
        answer, %.1f s to the last file and the end.

        | CPU a row of %2$s | | |
        |---|--:|--:|
        %s""",
        summary.wallSeconds(),
        summary.contender(),
        summary.firstRequestSeconds(),
        summary.workSeconds(),
        summary.wallSeconds() - summary.firstRequestSeconds() - summary.workSeconds(),
        rows);
  }
}
