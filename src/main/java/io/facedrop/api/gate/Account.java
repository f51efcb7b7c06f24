package io.facedrop.api.gate;

import java.util.OptionalDouble;

/** The account at the API, which may be asked for free. */
@FunctionalInterface
public interface Account {
  /** Credits left; empty when the API's answer, if one came, cannot be read. */
  OptionalDouble balance();
}
