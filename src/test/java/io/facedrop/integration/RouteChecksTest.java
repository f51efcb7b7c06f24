package io.facedrop.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked for in routes that somebody has written, before the first row comes to them. */
class RouteChecksTest {
  private static final String PLACEHOLDERS =
      """
      - route:
          id: signing
          from:
            uri: direct:{{erp.sign}}
            steps:
              - log: signed
      - route:
          id: asking
          from:
            uri: direct:asking
            steps:
              - to: direct:{{erp.sign}}
              - to: direct:sign-by-name
      - route:
          id: named
          from:
            uri: direct
            parameters:
              name: sign-by-name
            steps:
              - log: signed
      """;

  private static final String TEMPLATE =
      """
      - routeTemplate:
          id: copying
          parameters:
            - name: begin
            - name: onwards
            - name: part
            - name: level
              required: false
          from:
            uri: direct:{{begin}}
            steps:
              - setVariable:
                  name: "{{part}}"
                  constant: x
              - log: ${variable.{{part}}} {{onwards}}
              - to: log:copied?level={{?level}}
              - to: direct:{{onwards}}
      - templatedRoute:
          routeTemplateRef: copying
          parameters:
            - name: begin
              value: one
            - name: onwards
              value: two
            - name: part
              value: noted
      - templatedRoute:
          routeTemplateRef: copying
          parameters:
            - name: begin
              value: two
            - name: onwards
              value: one
            - name: part
              value: told
      - route:
          id: whole
          from:
            uri: direct:whole
            steps:
              - to: direct:one
      """;

  private static final String TEMPLATE_WITH_A_BEAN =
      """
      - routeTemplate:
          id: counting
          beans:
            - name: counter
              type: java.util.concurrent.atomic.AtomicInteger
          from:
            uri: direct:counting
            steps:
              - log: ${bean:{{counter}}?method=incrementAndGet}
      - templatedRoute:
          routeTemplateRef: counting
      """;

  private static final String OTHER_LANGUAGE =
      """
      - route:
          id: own
          from:
            uri: direct:own
            steps:
              - toD: file:copies?fileName=+language:groovy:"${mapp(body)}"
      """;

  @ParameterizedTest
  @ValueSource(strings = {PLACEHOLDERS, TEMPLATE, TEMPLATE_WITH_A_BEAN})
  void validRoutesAreTaken(String yaml) throws Exception {
    try (CamelContext context = read(yaml, Map.of("erp.sign", "sign"))) {
      assertThat(warnings(context)).isEmpty();
      assertThatCode(context::start).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setHeaders: {id: odd, headers: [{name: x, simple: '${mapp(a, ${body})}'}]}",
        "setVariables: {id: odd, variables: [{name: x, simple: '${mapp(a, ${body})}'}]}",
        "toD: {id: odd, uri: 'file:copies?fileName=${mapp(a, ${body})}'}",
        "toD: {id: odd, uri: 'file:copies', parameters: {fileName: '${mapp(a, ${body})}'}}",
        "wireTap: {id: odd, uri: 'direct:${mapp(a, ${body})}'}",
        "choice: {id: odd, when: [{simple: '${mapp(a, ${body})} == 1', steps: [{log: x}]}]}",
        "doTry: {steps: [{log: x}], doCatch: [{id: odd, exception: [java.lang.Exception], onWhen:"
            + " {simple: '${mapp(a, ${body})} == 1'}, steps: [{log: x}]}]}"
      })
  void whereverAMisspeltFunctionStandsItIsRefused(String step) throws Exception {
    try (CamelContext context = read(withStep(step), Map.of())) {
      assertThatThrownBy(() -> RouteChecks.verify(context))
          .isInstanceOf(RoutesException.class)
          .hasMessageContaining("route own, step odd: Unknown function: mapp");
    }
  }

  @Test
  void aConfigurationIsReadLikeARoute() throws Exception {
    String yaml =
        """
        - routeConfiguration:
            id: own-errors
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  steps:
                    - log: {id: odd, message: "%s"}
                    - setVariable: {name: noted, constant: x}
                    - log: ${variable.noted}
                    - to: {id: away, uri: direct:own}
        - route: {id: own, from: {uri: direct:%s, steps: [log: x]}}
        """;
    try (CamelContext context = read(yaml.formatted("${mapp(a)}", "own"), Map.of())) {
      assertThatThrownBy(() -> RouteChecks.verify(context))
          .hasMessageContaining("route configuration own-errors, step odd: Unknown function: mapp");
    }
    try (CamelContext context = read(yaml.formatted("x", "other"), Map.of())) {
      assertThatThrownBy(() -> RouteChecks.verify(context))
          .hasMessageContaining(
              "route configuration own-errors, step away leads to direct:own, where no route");
    }
    try (CamelContext context = read(yaml.formatted("x", "own"), Map.of())) {
      assertThat(warnings(context)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "marshal: {variableReceive: noted, json: {library: Jackson}}",
        "unmarshal: {variableReceive: noted, json: {library: Jackson}}",
        "poll: {variableReceive: noted, uri: 'file:lying'}",
        "convertVariableTo: {name: batch, toName: noted, type: String}",
        "setVariable: {name: '{{note}}', constant: x}",
        "toD: {variableReceive: noted, uri: 'file:lying'}"
      })
  void whatAStepSetsIsKnown(String step) throws Exception {
    String yaml = withStep(step) + "        - log: ${variable.noted} ${variable.{{note}}}\n";
    try (CamelContext context = read(yaml, Map.of("note", "noted"))) {
      assertThat(warnings(context)).isEmpty();
    }
  }

  @Test
  void whatARouteBeginsWithIsKnown() throws Exception {
    String yaml =
        """
        - route:
            id: own
            from:
              uri: timer:own
              variableReceive: noted
              steps:
                - log: ${variable.noted}
        """;
    try (CamelContext context = read(yaml, Map.of())) {
      assertThat(warnings(context)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setHeaders: {id: odd, headers: [{name: x, simple: '${variable.{{note}}}'}]}",
        "choice: {id: odd, when: [{simple: '${variable.noted} == 200', steps: [{log: x}]}]}"
      })
  void whatNobodySetsIsTold(String steps) throws Exception {
    try (CamelContext context = read(withStep(steps), Map.of("note", "noted"))) {
      assertThat(warnings(context))
          .singleElement()
          .asString()
          .startsWith("route own, step odd: nothing sets the variable noted, unless");
    }
  }

  @Test
  void aMisspeltOptionOfHttpIsTold() throws Exception {
    String step =
        "to: {id: post, uri: 'http://localhost:1/x', parameters: {httpMethd: POST, bridgeendpoint:"
            + " true, lang: en, httpMethod: POST, copyHeaders: false}}\n"
            + "        - toD: http://localhost/${body}?httpMethod=POST\n";
    try (CamelContext context = read(withStep(step), Map.of())) {
      assertThat(warnings(context))
          .containsExactlyInAnyOrder(
              "route own, step post: httpMethd is no option of Camel's HTTP component, so it is sent"
                  + " to the server; did you mean httpMethod?",
              "route own, step post: bridgeendpoint is no option of Camel's HTTP component, so it is"
                  + " sent to the server; did you mean bridgeEndpoint?");
    }
  }

  @Test
  void anAddressInAnotherLanguageIsNotRead() throws Exception {
    try (CamelContext context = read(OTHER_LANGUAGE, Map.of())) {
      assertThatCode(() -> RouteChecks.verify(context)).doesNotThrowAnyException();
    }
  }

  @Test
  void aPlaceholderThatStandsForNothingIsNamedWithItsRoute() throws Exception {
    for (String yaml : List.of(withStep("to: direct:{{erp.sign}}"), PLACEHOLDERS)) {
      try (CamelContext context = read(yaml, Map.of())) {
        assertThatThrownBy(() -> RouteChecks.verify(context))
            .isInstanceOf(RoutesException.class)
            .hasMessageMatching("(?s).* route (own|signing): Property with key \\[erp.sign] .*");
      }
    }
  }

  @Test
  void columnsAreNamedAsTheyComeToBe() throws Exception {
    String step =
        "setHeaders: {headers: [{name: x, simple: '${variable.columns[{{tenant.column}}]}'}]}\n"
            + "        - toD: file:copies?fileName=${variable.columns[image_url]}\n";
    try (CamelContext context = read(withStep(step), Map.of("tenant.column", "tenant"))) {
      assertThat(Expressions.columns(context)).containsExactlyInAnyOrder("tenant", "image_url");
    }
  }

  private static String withStep(String step) {
    return "- route:\n    id: own\n    from:\n      uri: direct:own\n      steps:\n        - "
        + step
        + "\n";
  }

  private static CamelContext read(String yaml, Map<String, String> settings) throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    Properties properties = new Properties();
    properties.putAll(settings);
    context.getPropertiesComponent().setOverrideProperties(properties);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("own.camel.yaml", yaml));
    return context;
  }

  private static List<String> warnings(CamelContext context) {
    return RouteChecks.verify(context);
  }
}
