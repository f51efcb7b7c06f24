package io.facedrop.integration;

import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Looks through the routes when they are read and none has started. */
final class RouteChecks extends MainListenerSupport {
  @Override
  public void afterConfigure(BaseMainSupport starting) {
    verify(starting.getCamelContext());
  }

  /**
   * Warns of what may be meant otherwise.
   *
   * @throws RoutesException that names what cannot work
   */
  static void verify(CamelContext context) {
    Expressions.verify(context);
    Variables.verify(context);
    RowBody.verify(context);
    DirectTargets.verify(context);
  }
}
