package io.facedrop.integration;

import io.facedrop.words.Spelling;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.util.URISupport;

/**
 * The options of HTTP endpoints. Camel sends what is none of them to the server, as a parameter of
 * the address: a misspelt one has no effect, and nobody says so.
 */
final class HttpOptions {
  private static final int LARGEST_SLIP = 2;

  private HttpOptions() {}

  /** A sentence for each parameter that is nearly an option. */
  static List<String> doubts(CamelContext context) {
    Set<String> options =
        context.getCamelContextExtension().getEndpointUriFactory("http").propertyNames();
    return RouteModel.all(context).stream()
        .flatMap(
            route ->
                route.steps(ToDefinition.class).stream()
                    .flatMap(step -> doubts(route, step, options)))
        .toList();
  }

  private static Stream<String> doubts(RouteModel route, ToDefinition step, Set<String> options) {
    return parameters(route.resolved(step.getEndpointUri())).stream()
        .filter(name -> !options.contains(name))
        .filter(name -> isNear(name, Spelling.nearest(name, options)))
        .map(
            name ->
                route.place(step)
                    + ": "
                    + name
                    + " is no option of Camel's HTTP component, so it is sent to the server; did you"
                    + " mean "
                    + Spelling.nearest(name, options)
                    + "?");
  }

  /** Short names are near to many. */
  private static boolean isNear(String name, String option) {
    return name.equalsIgnoreCase(option)
        || Spelling.distance(name, option) <= Math.min(LARGEST_SLIP, name.length() / 4);
  }

  private static Set<String> parameters(String address) {
    if (!address.startsWith("http:") && !address.startsWith("https:")) {
      return Set.of();
    }
    int query = address.indexOf('?');
    try {
      return query < 0 ? Set.of() : URISupport.parseQuery(address.substring(query + 1)).keySet();
    } catch (URISyntaxException e) {
      // Whoever makes the endpoint says what is wrong with it.
      return Set.of();
    }
  }
}
