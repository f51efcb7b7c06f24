package io.facedrop.api.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those headers out to the API that the routes name in a {@code setHeader} or {@code
 * setHeaders} step, and only what facedrop reads back in. What has come into a message otherwise,
 * as an answer of another system, stays here, and the operator is told.
 */
public final class ApiHeaders implements HeaderFilterStrategy {
  /** In every answer of a sandbox, and of nobody else. */
  public static final String SANDBOX = "X-Facedrop-Sandbox";

  private static final Logger LOG = LoggerFactory.getLogger(ApiHeaders.class);

  private static final Set<String> IN = caseless(Stream.of("Retry-After", "Date"));

  private static final String UNNAMED =
      "; set it in one, or remove it with removeHeaders behind the step that brings it";

  /** The HTTP client writes them itself. */
  private static final Set<String> OF_THE_CLIENT =
      caseless(
          Stream.of(
              "Accept-Encoding",
              "Connection",
              "Content-Length",
              "Expect",
              "Host",
              "Keep-Alive",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade"));

  private final Predicate<String> due;
  private volatile Set<String> known = Set.of();

  /**
   * @param due whether the operator is told now of a header that is kept back
   */
  public ApiHeaders(Predicate<String> due) {
    this.due = due;
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    if (OF_THE_CLIENT.contains(name)) {
      tell(name, "the HTTP client writes its own", "", exchange);
      return true;
    }
    // Camel keeps its own, and sends the type of the body with the body.
    if (name.regionMatches(true, 0, "Camel", 0, 5) || name.equalsIgnoreCase("Content-Type")) {
      return true;
    }
    boolean named = isNamed(name, exchange.getContext());
    if (!named) {
      tell(name, "no setHeader step names it", UNNAMED, exchange);
    }
    return !named;
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return !IN.contains(name);
  }

  private void tell(String name, String why, String advice, Exchange exchange) {
    if (due.test(name.toLowerCase(Locale.ROOT))) {
      LOG.warn(
          "the header {} is not sent to the API: {} (route {}){}",
          name,
          why,
          exchange.getFromRouteId(),
          advice);
    }
  }

  /** Routes may come later, so who is not known yet is looked for again. */
  private boolean isNamed(String name, CamelContext context) {
    if (!known.contains(name)) {
      known = namedIn(context);
    }
    return known.contains(name);
  }

  private static Set<String> namedIn(CamelContext context) {
    return caseless(
        ((ModelCamelContext) context)
            .getRouteDefinitions().stream()
                .map(ProcessorDefinition::getOutputs)
                .flatMap(ApiHeaders::names)
                .map(context::resolvePropertyPlaceholders));
  }

  private static Stream<String> names(List<ProcessorDefinition<?>> steps) {
    Stream<SetHeaderDefinition> single =
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, SetHeaderDefinition.class).stream();
    Stream<SetHeaderDefinition> several =
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, SetHeadersDefinition.class).stream()
            .flatMap(step -> step.getHeaders().stream());
    return Stream.concat(single, several).map(SetHeaderDefinition::getName);
  }

  private static Set<String> caseless(Stream<String> names) {
    return names.collect(
        Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
  }
}
