package io.facedrop.console.door;

/** What somebody may do. */
public enum Role {
  NOBODY,
  /** Looks, but not at faces. */
  VIEWER,
  /** Looks at everything, and acts. */
  OPERATOR
}
