package io.facedrop.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;

/** Makes loggers of JSON that go by the levels of slf4j-simple's, so that its options hold. */
public final class JsonProvider extends SimpleServiceProvider {
  private ILoggerFactory loggers;

  @Override
  public void initialize() {
    super.initialize();
    loggers = new JsonLoggers(super.getLoggerFactory());
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }
}
