package io.facedrop.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What all episodes together came to. */
final class Figures {
  final Map<String, Integer> killsByPoint = new TreeMap<>();
  final List<Long> firstRequestMillis = new ArrayList<>();
  final List<String> faults = new ArrayList<>();

  /** Points that no life has reached yet. */
  final Set<CrashPoint> missed = new LinkedHashSet<>();

  private final Set<CrashPoint> reached = new HashSet<>();
  int kills;
  int rows;
  int posts;
  int shared;
  int lost;
  int publishedTwice;
  int postedTwiceUnasked;
  int inDoubt;
  int mostInDoubt;
  int surplusPosts;
  int marks;
  int rowsPostedAgain;
  int needlessMarks;
  int needingHelp;

  /**
   * @param point null for a moment
   */
  void killed(CrashPoint point, boolean there, int inFlight) {
    kills++;
    if (point != null && there) {
      reached.add(point);
      missed.remove(point);
    } else {
      escaped(point);
    }
    String where = point == null || !there ? "at any moment" : point.name();
    killsByPoint.merge(where, 1, Integer::sum);
    inDoubt += inFlight;
    mostInDoubt = Math.max(mostInDoubt, inFlight);
  }

  /** A life was through before it came to the point. */
  void escaped(CrashPoint point) {
    if (point != null && !reached.contains(point)) {
      missed.add(point);
    }
  }

  void fault(String words, Object... arguments) {
    faults.add(words.formatted(arguments));
  }

  @Override
  public String toString() {
    return """
        kills                          %d, %s
        rows                           %d, in %d POSTs; %d share the request of another
        rows lost                      %d
        rows published twice           %d
        rows POSTed twice unasked      %d
        in doubt                       %d, %.2f a kill, at most %d
        sent again when asked to       %d surplus POSTs of %d rows = %d marks - %d whose first POST never arrived or was refused
        restarts that needed a human   %d
        start to first request         median %d ms, worst %d ms, of %d
        """
        .formatted(
            kills,
            killsByPoint,
            rows,
            posts,
            shared,
            lost,
            publishedTwice,
            postedTwiceUnasked,
            inDoubt,
            kills == 0 ? 0.0 : (double) inDoubt / kills,
            mostInDoubt,
            surplusPosts,
            rowsPostedAgain,
            marks,
            needlessMarks,
            needingHelp,
            median(),
            firstRequestMillis.isEmpty() ? 0 : Collections.max(firstRequestMillis),
            firstRequestMillis.size());
  }

  private long median() {
    List<Long> sorted = firstRequestMillis.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
