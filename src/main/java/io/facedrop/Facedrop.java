package io.facedrop;

import io.facedrop.command.CommandTree;
import io.facedrop.command.Stop;
import io.facedrop.log.LogFormat;
import java.util.Locale;

/** The command line. */
public final class Facedrop {
  private Facedrop() {}

  public static void main(String[] args) {
    // Libraries, the logger among them, write digits and letters of the machine's locale else.
    Locale.setDefault(Locale.ROOT);
    LogFormat.choose(args);
    Stop stop = Stop.onSignal();
    int code = CommandTree.run(stop, args);
    stop.finished(code);
    System.exit(code);
  }
}
