package io.facedrop.integration;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.client.ApiClient;
import io.facedrop.config.Settings;
import io.facedrop.words.Cause;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API for the account, as the route read-balance does it. */
final class AccountQuery {
  private static final Logger LOG = LoggerFactory.getLogger(AccountQuery.class);

  private AccountQuery() {}

  /**
   * Without a ledger and the other flows, so the routes are not checked here: one may lead to
   * those. Of added routes none starts that would begin something.
   *
   * @return null when it cannot be reached
   */
  static Answer of(Settings settings) {
    Main main = new Main();
    try (ApiClient client = ApiAccess.client(settings.api())) {
      MainSetup.apply(
          main,
          settings,
          Routes.alone(Routes.Flow.BALANCE),
          context -> Beans.bindApi(context, settings, client));
      main.configure().setAutoStartup(false);
      Integration.start(main);
      startCalled(main.getCamelContext());
      return of(main.getCamelContext());
    } finally {
      main.stop();
    }
  }

  /** Starts those that do nothing unless another route leads to them. */
  private static void startCalled(CamelContext context) {
    for (Route route : context.getRoutes()) {
      if (route.getEndpoint().getEndpointUri().startsWith("direct:")) {
        try {
          context.getRouteController().startRoute(route.getRouteId());
        } catch (Exception e) {
          throw new RoutesException(
              "the route "
                  + route.getRouteId()
                  + " could not be started: "
                  + Cause.of(e)
                  + Routes.hint(),
              e);
        }
      }
    }
  }

  /**
   * By the routes of a context that has started.
   *
   * @return null when it cannot be reached
   */
  static Answer of(CamelContext context) {
    Exchange exchange = context.createProducerTemplate().send("direct:read-balance", request -> {});
    if (exchange.getException() != null) {
      LOG.warn("the balance could not be read: {}", Cause.whole(exchange.getException()));
      return null;
    }
    return exchange.getVariable(AnswerReader.ANSWER, Answer.class);
  }
}
