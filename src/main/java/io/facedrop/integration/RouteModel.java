package io.facedrop.integration;

import io.facedrop.words.Cause;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesComponent;

/**
 * A route or a route configuration as Camel has read it. A route template is none before it is
 * used; each use of one makes a route.
 */
final class RouteModel {
  private final CamelContext context;
  private final RouteDefinition route;
  private final String name;
  private final List<ProcessorDefinition<?>> outputs;

  private RouteModel(CamelContext context, RouteDefinition route) {
    this.context = context;
    this.route = route;
    this.name =
        "route "
            + (route.getId() == null ? "from " + route.getInput().getEndpointUri() : route.getId());
    this.outputs = route.getOutputs();
  }

  private RouteModel(CamelContext context, RouteConfigurationDefinition configuration) {
    this.context = context;
    this.route = null;
    this.name =
        "route configuration "
            + (configuration.getId() == null ? "without an id" : configuration.getId());
    this.outputs =
        Stream.of(
                configuration.getOnExceptions(),
                configuration.getOnCompletions(),
                configuration.getIntercepts(),
                configuration.getInterceptFroms(),
                configuration.getInterceptSendTos())
            .<ProcessorDefinition<?>>flatMap(Collection::stream)
            .toList();
  }

  /** The routes, then the route configurations. */
  static List<RouteModel> all(CamelContext context) {
    ModelCamelContext model = (ModelCamelContext) context;
    return Stream.concat(
            model.getRouteDefinitions().stream().map(route -> new RouteModel(context, route)),
            model.getRouteConfigurationDefinitions().stream()
                .map(configuration -> new RouteModel(context, configuration)))
        .toList();
  }

  /** What it begins with; a route configuration begins nowhere. */
  Optional<FromDefinition> input() {
    return Optional.ofNullable(route).map(RouteDefinition::getInput);
  }

  /** The address of that; empty where it begins nowhere. */
  String begin() {
    return input().map(from -> resolved(from.getEndpointUri())).orElse("");
  }

  /** Those of a kind, at any depth. */
  <T> List<T> steps(Class<T> kind) {
    return List.copyOf(ProcessorDefinitionHelper.filterTypeInOutputs(outputs, kind));
  }

  /** Where a step is, in words. */
  String place(ProcessorDefinition<?> step) {
    return name + ", step " + (step.getId() == null ? step.getShortName() : step.getId());
  }

  /**
   * With settings in the place of placeholders, and with parameters where a template made the
   * route.
   *
   * @throws RoutesException that names the route and a placeholder which stands for nothing
   */
  String resolved(String text) {
    PropertiesComponent settings = context.getPropertiesComponent();
    settings.setLocalProperties(parameters());
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException unknown) {
      if (isOfTemplate()) {
        // It may stand for a bean of the template, which Camel makes when it builds the route.
        return text;
      }
      throw new RoutesException(
          "the routes could not be started: " + name + ": " + Cause.of(unknown) + Routes.hint(),
          unknown);
    } finally {
      settings.setLocalProperties(null);
    }
  }

  private boolean isOfTemplate() {
    return route != null && route.getTemplateParameters() != null;
  }

  private Properties parameters() {
    Properties parameters = new Properties();
    if (isOfTemplate()) {
      parameters.putAll(route.getTemplateParameters());
    }
    return parameters;
  }
}
