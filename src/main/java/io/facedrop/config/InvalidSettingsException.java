package io.facedrop.config;

import java.util.List;

/** The configuration cannot be used; one fault a line, each with the property's name. */
public final class InvalidSettingsException extends Exception {
  private final transient List<String> faults;

  InvalidSettingsException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
