package io.facedrop.integration;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * The routes that others lead to. Camel looks for one when the first row comes, and waits half a
 * minute for it.
 */
final class DirectTargets {
  private static final String DIRECT = "direct:";

  private DirectTargets() {}

  /**
   * Looks whether a route begins wherever a step leads.
   *
   * @throws RoutesException that names the route and the step where none does
   */
  static void verify(CamelContext context) {
    Set<String> begins =
        routes(context)
            .map(route -> name(route.getInput().getEndpointUri()))
            .collect(Collectors.toSet());
    routes(context)
        .forEach(
            route ->
                ProcessorDefinitionHelper.filterTypeInOutputs(
                        route.getOutputs(), ToDefinition.class)
                    .forEach(step -> verify(context, route, step, begins)));
  }

  private static void verify(
      CamelContext context, RouteDefinition route, ToDefinition step, Set<String> begins) {
    String target = name(context.resolvePropertyPlaceholders(step.getEndpointUri()));
    if (target.startsWith(DIRECT) && !begins.contains(target)) {
      throw new RoutesException(
          "the routes could not be started: route "
              + route.getId()
              + ", step "
              + (step.getId() == null ? step.getShortName() : step.getId())
              + " leads to "
              + target
              + ", where no route begins"
              + Routes.hint());
    }
  }

  private static Stream<RouteDefinition> routes(CamelContext context) {
    return ((ModelCamelContext) context).getRouteDefinitions().stream();
  }

  /** Without slashes and options. */
  private static String name(String uri) {
    return uri.replaceFirst("^direct:/*", DIRECT).replaceFirst("\\?.*", "");
  }
}
