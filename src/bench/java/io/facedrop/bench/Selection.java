package io.facedrop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The scenarios and contenders that {@code -Dbench.only} names: all of a kind of which it names
 * none, but for the long scenarios.
 */
record Selection(List<Scenario> scenarios, List<Contender> contenders) {

  static Selection of(List<String> only, List<Scenario> scenarios, List<Contender> contenders) {
    List<String> known =
        Stream.concat(
                scenarios.stream().map(Scenario::name), contenders.stream().map(Contender::name))
            .toList();
    List<String> unknown = new ArrayList<>(only);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "bench.only: expected some of " + String.join(",", known) + " but found " + unknown);
    }
    return new Selection(scenarios(scenarios, only), named(contenders, Contender::name, only));
  }

  private static List<Scenario> scenarios(List<Scenario> all, List<String> only) {
    List<Scenario> quick = all.stream().filter(scenario -> !scenario.isLong()).toList();
    return all.stream().map(Scenario::name).anyMatch(only::contains)
        ? named(all, Scenario::name, only)
        : quick;
  }

  private static <T> List<T> named(List<T> all, Function<T, String> name, List<String> only) {
    List<T> named = all.stream().filter(one -> only.contains(name.apply(one))).toList();
    return named.isEmpty() ? all : named;
  }
}
