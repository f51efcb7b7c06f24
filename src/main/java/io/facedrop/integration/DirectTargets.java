package io.facedrop.integration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
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
    List<RouteModel> routes = RouteModel.all(context);
    Set<String> begins =
        routes.stream().map(route -> name(route.begin())).collect(Collectors.toSet());
    for (RouteModel route : routes) {
      route.steps(ToDefinition.class).forEach(step -> verify(route, step, begins));
    }
  }

  private static void verify(RouteModel route, ToDefinition step, Set<String> begins) {
    String target = name(route.resolved(step.getEndpointUri()));
    if (target.startsWith(DIRECT) && !begins.contains(target)) {
      throw new RoutesException(
          "the routes could not be started: "
              + route.place(step)
              + " leads to "
              + target
              + ", where no route begins"
              + Routes.hint());
    }
  }

  /** Without slashes and options. */
  private static String name(String uri) {
    return uri.replaceFirst("^direct:/*", DIRECT).replaceFirst("\\?.*", "");
  }
}
