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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What routes ask for of a row, which is the body that they begin with. Camel looks for it when the
 * first row comes: a misspelt name would cost a pause, and look like an outage.
 */
final class RowBody {
  private static final Logger LOG = LoggerFactory.getLogger(RowBody.class);

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

  /** Warns of each that a row does not have. */
  static void verify(CamelContext context) {
    Expressions.ofBody(context, RowBody::isOfRows)
        .forEach(
            (name, place) -> {
              if (!KNOWN.contains(name)) {
                LOG.warn(
                    "{}: a row has no {}, which ${body.{}} asks for, unless a step before has set"
                        + " another body; it has {}",
                    place,
                    name,
                    name,
                    String.join(", ", PARTS));
              }
            });
  }

  private static boolean isOfRows(RouteModel route) {
    return ROWS.matcher(route.begin()).lookingAt();
  }
}
