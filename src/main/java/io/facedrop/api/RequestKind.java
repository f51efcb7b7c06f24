package io.facedrop.api;

/** Kinds of request for a row; one may work while the other does not. */
public enum RequestKind {
  /** A POST that creates a task. It is paid for. */
  CREATE,
  /** A GET that asks for a task's result. It is free. */
  QUERY;

  /** The word for them in messages. */
  public String plural() {
    return this == CREATE ? "creates" : "queries";
  }

  public RequestKind other() {
    return this == CREATE ? QUERY : CREATE;
  }
}
