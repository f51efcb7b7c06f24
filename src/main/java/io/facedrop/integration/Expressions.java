package io.facedrop.integration;

import io.facedrop.manifest.Excerpt;
import io.facedrop.words.Cause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.Language;

/**
 * The expressions of all routes in Camel's simple language: of steps, of the conditions of a
 * choice, a doCatch and an onException, of the parts of setHeaders and setVariables, messages of
 * log steps, dynamic addresses. Conditions of an aggregate are not among them.
 *
 * <p>Where a function has another among its arguments, Camel itself reads it when the first row
 * comes to it. A misspelt one would then cost a pause, and look like an outage.
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
    for (RouteModel route : RouteModel.all(context)) {
      for (Expression expression : of(route)) {
        String text = expression.text();
        try {
          verify(simple, text);
        } catch (RuntimeException unreadable) {
          throw new RoutesException(
              "the routes could not be started: "
                  + expression.place()
                  + ": "
                  + words(unreadable)
                  + ", in "
                  + Excerpt.of(expression.written().strip())
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
    return List.copyOf(asked(context, route -> true, COLUMN).keySet());
  }

  /** Whatever steps ask for of variables, each with the names of its route and its step. */
  static Map<String, String> variables(CamelContext context) {
    return asked(context, route -> true, VARIABLE);
  }

  /** Whatever steps of some routes ask for of the body, each with the same. */
  static Map<String, String> ofBody(CamelContext context, Predicate<RouteModel> routes) {
    return asked(context, routes, OF_BODY);
  }

  private static Map<String, String> asked(
      CamelContext context, Predicate<RouteModel> routes, Pattern pattern) {
    Map<String, String> asked = new LinkedHashMap<>();
    RouteModel.all(context).stream()
        .filter(routes)
        .flatMap(route -> of(route).stream())
        .forEach(
            expression ->
                pattern
                    .matcher(expression.text())
                    .results()
                    .forEach(found -> asked.putIfAbsent(found.group(1), expression.place())));
    return asked;
  }

  private record Expression(RouteModel route, ProcessorDefinition<?> step, String written) {
    String place() {
      return route.place(step);
    }

    /** With its placeholders resolved. */
    String text() {
      return route.resolved(written);
    }
  }

  private static List<Expression> of(RouteModel route) {
    return Stream.of(
            route.steps(ExpressionNode.class).stream().map(step -> of(route, step, step)),
            route.steps(ChoiceDefinition.class).stream()
                .flatMap(step -> step.getWhenClauses().stream().map(one -> of(route, step, one))),
            route.steps(TryDefinition.class).stream()
                .flatMap(step -> step.getCatchClauses().stream())
                .map(step -> of(route, step, step.getOnWhen())),
            route.steps(OnExceptionDefinition.class).stream()
                .map(step -> of(route, step, step.getOnWhen())),
            route.steps(SetHeadersDefinition.class).stream()
                .flatMap(step -> step.getHeaders().stream().map(one -> of(route, step, one))),
            route.steps(SetVariablesDefinition.class).stream()
                .flatMap(step -> step.getVariables().stream().map(one -> of(route, step, one))),
            route.steps(LogDefinition.class).stream()
                .map(step -> new Expression(route, step, step.getMessage())),
            route.steps(ToDynamicDefinition.class).stream()
                .map(step -> new Expression(route, step, address(step))))
        .flatMap(Function.identity())
        .filter(expression -> expression.written() != null)
        .toList();
  }

  /** Parts of an address may be in languages that it names. */
  private static String address(ToDynamicDefinition step) {
    return step.getUri() == null || step.getUri().contains("language:") ? null : step.getUri();
  }

  /** Of a node that is the step or a part of it; nothing is written in another language. */
  private static Expression of(
      RouteModel route, ProcessorDefinition<?> step, HasExpressionType node) {
    ExpressionDefinition expression = node == null ? null : node.getExpressionType();
    return new Expression(
        route,
        step,
        expression != null && "simple".equals(expression.getLanguage())
            ? expression.getExpression()
            : null);
  }
}
