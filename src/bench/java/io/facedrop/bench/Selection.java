package io.facedrop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenarios and contenders that {@code -Dbench.only} names: all of a kind of which it names
 * none, but for the long scenarios.
 */
record Selection(List<Scenario> scenarios, List<Contender> contenders) {

  static Selection of(List<String> only, List<Scenario> scenarios, List<Contender> contenders) {
    List<String> known =
        Stream.concat(
                scenarios.stream().flatMap(scenario -> scenario.names().stream()),
                contenders.stream().map(Contender::name))
            .distinct()
            .toList();
    List<String> unknown = new ArrayList<>(only);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "bench.only: expected some of " + String.join(",", known) + " but found " + unknown);
    }
    return new Selection(scenarios(scenarios, only), contenders(contenders, only));
  }

  /** Without contenders that no scenario has. */
  Selection needed() {
    return new Selection(
        scenarios,
        contenders.stream()
            .filter(one -> scenarios.stream().anyMatch(s -> s.contenders().contains(one.name())))
            .toList());
  }

  private static List<Scenario> scenarios(List<Scenario> all, List<String> only) {
    List<Scenario> quick = all.stream().filter(scenario -> !scenario.isLong()).toList();
    List<Scenario> named =
        all.stream()
            .filter(scenario -> scenario.names().stream().anyMatch(only::contains))
            .toList();
    return named.isEmpty() ? quick : named;
  }

  private static List<Contender> contenders(List<Contender> all, List<String> only) {
    List<Contender> named = all.stream().filter(one -> only.contains(one.name())).toList();
    return named.isEmpty() ? all : named;
  }
}
