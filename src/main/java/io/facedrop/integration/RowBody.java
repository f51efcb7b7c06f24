package io.facedrop.integration;

import io.facedrop.ledger.model.ClaimedRow;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * What routes ask for of a row, which is the body that they begin with. Camel looks for it when the
 * first row comes: a misspelt name would cost a pause, and look like an outage.
 */
final class RowBody {
  /** How the address of a route begins that works on rows. */
  private static final Pattern ROWS = Pattern.compile("ledger:(//)?claim-");

  private static final List<String> PARTS =
      Stream.of(ClaimedRow.class.getRecordComponents()).map(RecordComponent::getName).toList();

  /** As an expression may name them: by the method, or by the property behind a getter. */
  private static final Set<String> KNOWN =
      Stream.of(ClaimedRow.class.getMethods())
          .map(Method::getName)
          .flatMap(name -> Stream.of(name, property(name)))
          .collect(Collectors.toUnmodifiableSet());

  private RowBody() {}

  private static String property(String method) {
    return Introspector.decapitalize(method.replaceFirst("^get(?=[A-Z])", ""));
  }

  /** A sentence for each that a row does not have. */
  static List<String> doubts(CamelContext context) {
    return Expressions.ofBody(context, RowBody::isOfRows).entrySet().stream()
        .filter(asked -> !KNOWN.contains(asked.getKey()))
        .map(asked -> words(asked.getKey(), asked.getValue()))
        .toList();
  }

  private static String words(String name, String place) {
    return place
        + ": a row has no "
        + name
        + ", which ${body."
        + name
        + "} asks for, unless a step before has set another body; it has "
        + String.join(", ", PARTS);
  }

  private static boolean isOfRows(RouteModel route) {
    return ROWS.matcher(route.begin()).lookingAt();
  }
}
