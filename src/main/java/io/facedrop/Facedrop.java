package io.facedrop;

import io.facedrop.command.CommandTree;
import io.facedrop.command.Stop;

/** The command line. */
public final class Facedrop {
  private Facedrop() {}

  public static void main(String[] args) {
    Stop stop = Stop.onSignal();
    int code = CommandTree.run(stop, args);
    stop.finished(code);
    System.exit(code);
  }
}
