package io.facedrop.command.live;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.TerminalBuilder;

/** Whether somebody watches. */
public final class Terminal {
  private static final Path STREAMS = Path.of("/proc/self/fd");
  private static final Path DEVICES = Path.of("/dev");

  /** How much a terminal shows. */
  public record Size(int columns, int rows) {
    /** Where there is no terminal, or it does not tell. */
    public static final Size ENDLESS = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private Terminal() {}

  /** How much the terminal shows that the standard output stream goes to. */
  public static Size size() {
    if (!hasOutput()) {
      return Size.ENDLESS;
    }
    try (org.jline.terminal.Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
      int columns = terminal.getWidth();
      int rows = terminal.getHeight();
      return columns > 0 && rows > 0 ? new Size(columns, rows) : Size.ENDLESS;
    } catch (IOException untold) {
      return Size.ENDLESS;
    }
  }

  /** Whether the standard output stream goes to one. */
  public static boolean hasOutput() {
    return isInteractive("1");
  }

  /** Whether the standard error stream goes to one. */
  static boolean hasErrors() {
    return isInteractive("2");
  }

  /** From JDK 22 on there is a console without a terminal too, which then says so. */
  private static boolean isInteractive(String stream) {
    Console console = System.console();
    if (console == null || isElsewhere(STREAMS.resolve(stream))) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException older) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /** Linux tells where each stream goes; the console knows of its own two only. */
  private static boolean isElsewhere(Path stream) {
    try {
      return Files.exists(stream) && !Files.readSymbolicLink(stream).startsWith(DEVICES);
    } catch (IOException untold) {
      return false;
    }
  }
}
