package io.facedrop.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The delivered routes with changes in them, as somebody makes who learns Camel by trying. */
final class ChangedRoutes {
  private static final Path DELIVERED = Path.of("routes");
  private static final Load YAML = new Load(LoadSettings.builder().build());

  private final Random random;
  private final String refusedHook;
  private final String slowHook;
  private final List<String> changes = new ArrayList<>();
  private final Map<String, Object> files = new LinkedHashMap<>();

  /**
   * @param refusedHook an address where nobody listens
   * @param slowHook one that answers as the API does, and sometimes cuts
   */
  ChangedRoutes(Random random, String refusedHook, String slowHook) {
    this.random = random;
    this.refusedHook = refusedHook;
    this.slowHook = slowHook;
    try (Stream<Path> all = Files.list(DELIVERED)) {
      for (Path file : all.sorted().toList()) {
        files.put(file.getFileName().toString(), YAML.loadFromString(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was changed, a line each. */
  List<String> changes() {
    return changes;
  }

  /** Writes them where the program looks for routes of its own. */
  void writeTo(Installation installation) {
    Dump dump = new Dump(DumpSettings.builder().build());
    files.forEach((name, tree) -> installation.write("routes/" + name, dump.dumpToString(tree)));
  }

  /** Makes so many changes. */
  ChangedRoutes change(int times) {
    for (int i = 0; i < times; i++) {
      changeOne(random.nextInt(3) > 0 ? "detect-faces" : "collect-faces");
    }
    return this;
  }

  /** Adds a step at a place of a route, from the beginning. */
  ChangedRoutes add(String route, int at, Map<String, Object> step) {
    steps(route).add(at, step);
    return this;
  }

  /** Adds a step behind the one with this id. */
  ChangedRoutes addAfter(String route, String id, Map<String, Object> step) {
    return add(route, place(route, id) + 1, step);
  }

  /** Takes another expression for the n-th branch. */
  @SuppressWarnings("unchecked")
  ChangedRoutes when(String route, String id, int branch, String simple) {
    Map<String, Object> choice =
        (Map<String, Object>) steps(route).get(place(route, id)).get("choice");
    Map<String, Object> when =
        (Map<String, Object>) ((List<Object>) choice.get("when")).get(branch);
    when.put("expression", Map.of("simple", Map.of("expression", simple)));
    return this;
  }

  static Map<String, Object> to(String uri) {
    return Map.of("to", new LinkedHashMap<>(Map.of("uri", uri)));
  }

  private int place(String route, String id) {
    List<Map<String, Object>> steps = steps(route);
    for (int i = 0; i < steps.size(); i++) {
      Object inner = steps.get(i).values().iterator().next();
      if (inner instanceof Map<?, ?> step && id.equals(step.get("id"))) {
        return i;
      }
    }
    throw new IllegalArgumentException("no step " + id + " in " + route);
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> steps(String route) {
    List<Object> all = (List<Object>) files.get(route + ".camel.yaml");
    Map<String, Object> first = (Map<String, Object>) all.get(0);
    Map<String, Object> from =
        (Map<String, Object>) ((Map<String, Object>) first.get("route")).get("from");
    return (List<Map<String, Object>>) from.get("steps");
  }

  private void changeOne(String route) {
    List<Map<String, Object>> steps = steps(route);
    int at = random.nextInt(steps.size());
    switch (random.nextInt(8)) {
      case 0 -> {
        note("%s: drop %s", route, steps.get(at));
        if (steps.size() > 1) {
          steps.remove(at);
        }
      }
      case 1 -> {
        note("%s: double %s", route, steps.get(at));
        steps.add(random.nextInt(steps.size() + 1), withoutId(steps.get(at)));
      }
      case 2 -> {
        int to = random.nextInt(steps.size());
        note("%s: move %s to %d", route, steps.get(at), to);
        steps.add(to, steps.remove(at));
      }
      case 3 -> {
        Map<String, Object> branch = anyBranch(route);
        if (branch != null) {
          Map<String, Object> other = anyBranch(route);
          note("%s: a branch does %s", route, other.get("steps"));
          branch.put("steps", other.get("steps"));
        }
      }
      case 4 -> {
        Map<String, Object> branch = anyBranch(route);
        if (branch != null) {
          note("%s: a branch is for all of 200", route);
          branch.put(
              "expression", Map.of("simple", Map.of("expression", "${variable.code} == 200")));
        }
      }
      default -> {
        Map<String, Object> step = anyStep();
        int place = random.nextInt(steps.size() + 1);
        note("%s: add %s at %d", route, step, place);
        steps.add(place, step);
      }
    }
  }

  /** Ids are unique in a context. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> withoutId(Map<String, Object> step) {
    Map<String, Object> copy = new LinkedHashMap<>();
    step.forEach(
        (name, inner) -> {
          Map<String, Object> options = new LinkedHashMap<>((Map<String, Object>) inner);
          options.remove("id");
          copy.put(name, options);
        });
    return copy;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> anyBranch(String route) {
    List<Map<String, Object>> branches = new ArrayList<>();
    for (Map<String, Object> step : steps(route)) {
      if (step.get("choice") instanceof Map<?, ?> choice) {
        branches.addAll((List<Map<String, Object>>) choice.get("when"));
      }
    }
    return branches.isEmpty() ? null : branches.get(random.nextInt(branches.size()));
  }

  private Map<String, Object> anyStep() {
    return switch (random.nextInt(10)) {
      case 0 -> to(refusedHook);
      case 1 -> to(slowHook + "?throwExceptionOnFailure=false");
      case 2 -> to("file:/dev/null/copies");
      case 3 ->
          Map.of(
              "throwException",
              Map.of("exceptionType", "java.lang.IllegalStateException", "message", "changed"));
      case 4 ->
          Map.of(
              "throwException",
              Map.of("exceptionType", "java.net.ConnectException", "message", "changed"));
      case 5 -> Map.of("setBody", Map.of("constant", Map.of("expression", "{\"code\":200}")));
      case 6 -> Map.of("removeHeaders", Map.of("pattern", "*"));
      case 7 -> Map.of("stop", Map.of());
      case 8 -> Map.of("wireTap", Map.of("uri", slowHook));
      default -> Map.of("delay", Map.of("constant", Map.of("expression", "50")));
    };
  }

  private void note(String form, Object... what) {
    changes.add(form.formatted(what));
  }
}
