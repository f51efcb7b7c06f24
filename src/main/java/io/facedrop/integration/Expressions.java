package io.facedrop.integration;

import io.facedrop.manifest.Excerpt;
import io.facedrop.words.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Language;

/**
 * The expressions of all routes in Camel's simple language. Where a function has another among its
 * arguments, Camel itself reads it when the first row comes to it. A misspelt one would then cost a
 * pause, and look like an outage.
 */
final class Expressions {
  private static final Pattern COLUMN = Pattern.compile("variable\\.columns\\[['\"]?([^\\]'\"]+)");

  /** Of the exchange; {@code global:} and {@code route:} lead to other places. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable[.:]([\\w-]+)(?![\\w:-])");

  private static final Pattern OF_BODY = Pattern.compile("\\$\\{body\\.(\\w+)");

  private static final Pattern INNERMOST = Pattern.compile("\\$\\{[^{}]*}");

  /** Stands for what a function comes to. */
  private static final String ANY = "1";

  private Expressions() {}

  /**
   * Reads all functions, from the innermost on.
   *
   * @throws RoutesException that names the route and the step of one that cannot be read
   */
  static void verify(CamelContext context) {
    Language simple = context.resolveLanguage("simple");
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      for (Step step : steps(route)) {
        try {
          verify(simple, context.resolvePropertyPlaceholders(step.text()));
        } catch (RuntimeException unreadable) {
          throw new RoutesException(
              "the routes could not be started: route "
                  + route.getId()
                  + ", step "
                  + step.name()
                  + ": "
                  + words(unreadable)
                  + ", in "
                  + Excerpt.of(step.text().strip())
                  + Routes.hint(),
              unreadable);
        }
      }
    }
  }

  /** Without what stands for inner functions there, and without the place in that. */
  private static String words(RuntimeException unreadable) {
    String words = Cause.of(unreadable).lines().findFirst().orElse("");
    return words
        .replaceFirst(" at location \\d+$", "")
        .replaceFirst("^(Unknown function: \\w+).*", "$1");
  }

  private static void verify(Language simple, String text) {
    String rest = text;
    Matcher function = INNERMOST.matcher(rest);
    while (function.find()) {
      simple.createExpression(function.group());
      rest = rest.substring(0, function.start()) + ANY + rest.substring(function.end());
      function = INNERMOST.matcher(rest);
    }
  }

  /** The columns of manifests that steps ask for. */
  static List<String> columns(CamelContext context) {
    List<String> columns = new ArrayList<>();
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      for (Step step : steps(route)) {
        Matcher column = COLUMN.matcher(step.text());
        while (column.find()) {
          columns.add(column.group(1));
        }
      }
    }
    return columns.stream().distinct().toList();
  }

  /** Whatever steps ask for of variables, each with the names of its route and its step. */
  static Map<String, String> variables(CamelContext context) {
    return asked(context, route -> true, VARIABLE);
  }

  /** Whatever steps of some routes ask for of the body, each with the same. */
  static Map<String, String> ofBody(CamelContext context, Predicate<RouteDefinition> routes) {
    return asked(context, routes, OF_BODY);
  }

  private static Map<String, String> asked(
      CamelContext context, Predicate<RouteDefinition> routes, Pattern pattern) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      for (Step step : routes.test(route) ? steps(route) : List.<Step>of()) {
        pattern
            .matcher(step.text())
            .results()
            .forEach(
                found ->
                    asked.putIfAbsent(
                        found.group(1), "route " + route.getId() + ", step " + step.name()));
      }
    }
    return asked;
  }

  private record Step(String name, String text) {}

  private static List<Step> steps(RouteDefinition route) {
    List<Step> steps = new ArrayList<>();
    for (ExpressionNode node : all(route, ExpressionNode.class)) {
      if (node.getExpression() != null
          && "simple".equals(node.getExpression().getLanguage())
          && node.getExpression().getExpression() != null) {
        steps.add(new Step(name(node), node.getExpression().getExpression()));
      }
    }
    for (LogDefinition log : all(route, LogDefinition.class)) {
      if (log.getMessage() != null) {
        steps.add(new Step(name(log), log.getMessage()));
      }
    }
    return steps;
  }

  private static <T> List<T> all(RouteDefinition route, Class<T> type) {
    return List.copyOf(ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type));
  }

  private static String name(ProcessorDefinition<?> step) {
    return step.getId() == null ? step.getShortName() : step.getId();
  }
}
