package io.facedrop.console.metric;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;

/** All that is counted and measured, as Prometheus reads it. */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LedgerMetrics ledger;

  /**
   * @param ledger is read once for each who asks
   * @param others are read from memory
   */
  public Metrics(LedgerMetrics ledger, List<MeterBinder> others) {
    this.ledger = ledger;
    registry.config().meterFilter(JvmMetrics.USUAL);
    ledger.bindTo(registry);
    others.forEach(metrics -> metrics.bindTo(registry));
    new JvmMetrics().bindTo(registry);
  }

  /** Sets the body to all figures, in Prometheus' text format. */
  public void show(Exchange exchange) {
    ledger.refresh();
    exchange.getMessage().setBody(registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    registry.close();
  }
}
