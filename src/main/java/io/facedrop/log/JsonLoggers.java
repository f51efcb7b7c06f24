package io.facedrop.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** One logger for each name. */
final class JsonLoggers implements ILoggerFactory {
  private final ILoggerFactory levels;
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

  JsonLoggers(ILoggerFactory levels) {
    this.levels = levels;
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, fresh -> new JsonLogger(levels.getLogger(fresh)));
  }
}
