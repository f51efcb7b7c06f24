package io.facedrop.log;

import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes what another logger would write, as JSON. */
final class JsonLogger extends LegacyAbstractLogger {
  private final transient Logger levels;

  JsonLogger(Logger levels) {
    this.levels = levels;
    this.name = levels.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return levels.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return levels.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return levels.isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return levels.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return levels.isErrorEnabled();
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
    JsonLines.write(
        level.name(), name, MessageFormatter.basicArrayFormat(pattern, arguments), failure);
  }
}
