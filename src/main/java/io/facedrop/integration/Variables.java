package io.facedrop.integration;

import io.facedrop.api.answer.AnswerReader;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.component.LedgerConstants;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ConvertVariableDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.UnmarshalDefinition;

/** The variables of the routes. Camel takes a misspelt one for one that is not set. */
final class Variables {
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

  /** A sentence for each that a step asks for and that neither facedrop nor a step sets. */
  static List<String> doubts(CamelContext context) {
    Set<String> known = new TreeSet<>(OURS);
    for (RouteModel route : RouteModel.all(context)) {
      set(route).filter(Objects::nonNull).map(route::resolved).forEach(known::add);
    }
    return Expressions.variables(context).entrySet().stream()
        .filter(asked -> !known.contains(asked.getKey()))
        .map(asked -> words(asked.getKey(), asked.getValue(), known))
        .toList();
  }

  private static Stream<String> set(RouteModel route) {
    return Stream.of(
            route.input().stream().map(FromDefinition::getVariableReceive),
            of(route, SetVariableDefinition.class, SetVariableDefinition::getName),
            route.steps(SetVariablesDefinition.class).stream()
                .flatMap(several -> several.getVariables().stream())
                .map(SetVariableDefinition::getName),
            of(route, ConvertVariableDefinition.class, ConvertVariableDefinition::getToName),
            of(route, ToDefinition.class, ToDefinition::getVariableReceive),
            of(route, ToDynamicDefinition.class, ToDynamicDefinition::getVariableReceive),
            of(route, EnrichDefinition.class, EnrichDefinition::getVariableReceive),
            of(route, PollEnrichDefinition.class, PollEnrichDefinition::getVariableReceive),
            of(route, PollDefinition.class, PollDefinition::getVariableReceive),
            of(route, MarshalDefinition.class, MarshalDefinition::getVariableReceive),
            of(route, UnmarshalDefinition.class, UnmarshalDefinition::getVariableReceive))
        .flatMap(Function.identity());
  }

  private static <T> Stream<String> of(RouteModel route, Class<T> kind, Function<T, String> name) {
    return route.steps(kind).stream().map(name);
  }

  private static String words(String name, String place, Collection<String> known) {
    return place
        + ": nothing sets the variable "
        + name
        + ", unless a bean of yours does; there are "
        + String.join(", ", known);
  }
}
