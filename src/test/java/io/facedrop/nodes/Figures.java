package io.facedrop.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all episodes together came to. */
final class Figures {
  final List<String> faults = new ArrayList<>();
  final Map<String, Integer> events = new TreeMap<>();
  int seeds;
  int rows;
  int posts;
  int lost;
  int publishedTwice;
  int postedTwiceUnasked;
  int postedAgain;
  int fallen;
  long held;
  int inDoubt;
  int mostInDoubt;
  int sentAfterWaking;
  long late;
  int rescued;
  int partsAgain;

  void fault(String words, Object... arguments) {
    faults.add(words.formatted(arguments));
  }

  @Override
  public String toString() {
    return """
        seeds                          %d
        what befell them               %s
        rows                           %d, in %d POSTs
        rows lost                      %d
        rows published twice           %d
        rows POSTed twice unasked      %d
        POSTed again when asked to     %d
        nodes killed or frozen         %d, with %d creates in hand
        in doubt                       %d, at most %d of a node
        sent after waking              %d
        late answers of woken nodes    %d noted, %d rows ended by them
        parts that came again          %d, after a consumer had taken them away
        """
        .formatted(
            seeds,
            events,
            rows,
            posts,
            lost,
            publishedTwice,
            postedTwiceUnasked,
            postedAgain,
            fallen,
            held,
            inDoubt,
            mostInDoubt,
            sentAfterWaking,
            late,
            rescued,
            partsAgain);
  }
}
