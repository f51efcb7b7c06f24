package io.facedrop.integration;

import io.facedrop.api.answer.AnswerReader;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.component.LedgerConstants;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The variables of the routes. Camel takes a misspelt one for one that is not set. */
final class Variables {
  private static final Logger LOG = LoggerFactory.getLogger(Variables.class);

  /** Those that facedrop's consumers and beans set. */
  private static final Set<String> OURS =
      Set.of(
          AnswerReader.ANSWER,
          AnswerReader.CODE,
          AnswerReader.DETECTION,
          AnswerReader.DETECT_TASK_ID,
          AnswerReader.STATUS,
          Intake.MANIFEST,
          LedgerConstants.ADMISSION,
          LedgerConstants.BATCH,
          LedgerConstants.COLUMNS,
          LedgerConstants.EVENT,
          LedgerConstants.FILE,
          LedgerConstants.LOADING,
          LedgerConstants.OUTPUT,
          LedgerConstants.SHA256,
          LedgerConstants.TASK);

  private Variables() {}

  /** Warns of each that a step asks for and that neither facedrop nor a step sets. */
  static void verify(CamelContext context) {
    Set<String> known = new TreeSet<>(OURS);
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
          .forEach(step -> set(step).filter(Objects::nonNull).forEach(known::add));
    }
    Expressions.variables(context)
        .forEach(
            (name, place) -> {
              if (!known.contains(name)) {
                warn(name, place, known);
              }
            });
  }

  private static Stream<String> set(ProcessorDefinition<?> step) {
    if (step instanceof SetVariableDefinition one) {
      return Stream.of(one.getName());
    }
    if (step instanceof SetVariablesDefinition several) {
      return several.getVariables().stream().map(SetVariableDefinition::getName);
    }
    if (step instanceof ToDefinition to) {
      return Stream.of(to.getVariableReceive());
    }
    if (step instanceof ToDynamicDefinition to) {
      return Stream.of(to.getVariableReceive());
    }
    if (step instanceof EnrichDefinition enrich) {
      return Stream.of(enrich.getVariableReceive());
    }
    return step instanceof PollEnrichDefinition enrich
        ? Stream.of(enrich.getVariableReceive())
        : Stream.of();
  }

  private static void warn(String name, String place, Collection<String> known) {
    LOG.warn(
        "{}: nothing sets the variable {}, unless a bean of yours does; there are {}",
        place,
        name,
        String.join(", ", known));
  }
}
