package io.facedrop.integration;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Looks through the routes when they are read and none has started. */
final class RouteChecks extends MainListenerSupport {
  private final Consumer<String> doubts;

  /**
   * @param doubts is told, in a sentence each, what may be meant otherwise
   */
  RouteChecks(Consumer<String> doubts) {
    this.doubts = doubts;
  }

  @Override
  public void afterConfigure(BaseMainSupport starting) {
    verify(starting.getCamelContext()).forEach(doubts);
  }

  /**
   * What may be meant otherwise, in sentences.
   *
   * @throws RoutesException that names what cannot work
   */
  static List<String> verify(CamelContext context) {
    Expressions.verify(context);
    DirectTargets.verify(context);
    return Stream.of(
            Variables.doubts(context), RowBody.doubts(context), HttpOptions.doubts(context))
        .flatMap(List::stream)
        .toList();
  }
}
