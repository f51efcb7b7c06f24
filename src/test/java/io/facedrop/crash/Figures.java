package io.facedrop.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all episodes together came to. */
final class Figures {
  final Map<String, Integer> killsByPoint = new TreeMap<>();
  final List<Long> firstRequestMillis = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  int kills;
  int missed;
  int rows;
  int posts;
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

  void killed(String where, int inFlight) {
    kills++;
    killsByPoint.merge(where, 1, Integer::sum);
    inDoubt += inFlight;
    mostInDoubt = Math.max(mostInDoubt, inFlight);
  }

  void fault(String words, Object... arguments) {
    faults.add(words.formatted(arguments));
  }

  @Override
  public String toString() {
    return """
        kills                          %d (points that were not reached in time: %d)
        rows                           %d, in %d POSTs
        rows lost                      %d
        rows published twice           %d
        rows POSTed twice unasked      %d
        in doubt                       %d, %.2f a kill, at most %d
        sent again when asked to       %d surplus POSTs of %d rows = %d marks - %d whose first POST never arrived or was refused
        restarts that needed a human   %d
        start to first request         median %d ms, worst %d ms, of %d
        killed                         %s
        """
        .formatted(
            kills,
            missed,
            rows,
            posts,
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
            firstRequestMillis.size(),
            killsByPoint);
  }

  private long median() {
    List<Long> sorted = firstRequestMillis.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
