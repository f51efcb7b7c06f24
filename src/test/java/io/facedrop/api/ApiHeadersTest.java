package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.client.ApiHeaders;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiHeadersTest {
  private final List<String> told = new ArrayList<>();
  private final ApiHeaders headers = new ApiHeaders(told::add);
  private final DefaultCamelContext context = new DefaultCamelContext();

  /** Names headers in every way that a route has, at every depth. */
  private static final class Routes extends RouteBuilder {
    @Override
    public void configure() {
      from("direct:a")
          .setHeader("x-plain", constant(1))
          .choice()
          .when(simple("${body} == 1"))
          .setHeader("x-when", constant(1))
          .otherwise()
          .split(body())
          .setHeader("x-nested", constant(1))
          .end()
          .end();
      from("direct:b")
          .setHeaders("x-one", constant(1), "x-two", constant(2))
          .setHeader("{{name}}", constant(1));
    }
  }

  @BeforeEach
  void start() throws Exception {
    context.getPropertiesComponent().addInitialProperty("name", "x-from-a-property");
    context.addRoutes(new Routes());
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private boolean leaves(String name) {
    Exchange exchange = new DefaultExchange(context);
    return !headers.applyFilterToCamelHeaders(name, "value", exchange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-plain", "X-PLAIN", "x-when", "x-nested", "x-one", "x-two", "x-from-a-property"})
  void aHeaderThatAStepSetsLeaves(String name) {
    assertThat(leaves(name)).isTrue();
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-other", "Cookie", "Authorization", "Host", "Content-Length"})
  void anyOtherStaysAndTheOperatorIsTold(String name) {
    assertThat(leaves(name)).isFalse();
    assertThat(told).containsExactly(name.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CamelHttpUri", "camelhttpmethod", "Content-Type"})
  void camelsOwnStayInSilence(String name) {
    assertThat(leaves(name)).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aRouteThatComesLaterCounts() throws Exception {
    assertThat(leaves("x-later")).isFalse();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:c").setHeader("x-later", constant(1));
          }
        });
    assertThat(leaves("x-later")).isTrue();
  }
}
