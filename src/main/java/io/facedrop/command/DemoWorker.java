package io.facedrop.command;

import io.facedrop.Facedrop;
import io.facedrop.config.SettingsReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code run} in a process of its own, which the demo can kill. */
final class DemoWorker implements AutoCloseable {
  private static final long STOP_SECONDS = 30;
  private static final long LOOK_MILLIS = 100;

  private final Process process;

  /**
   * Starts the run; what it prints goes where ours goes.
   *
   * @param settings beat those of every file and every variable
   */
  DemoWorker(Path manifest, Map<String, String> settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(manifest)).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("FACEDROP_"));
    settings.forEach((key, value) -> environment.put(SettingsReader.variableOf(key), value));
    process = builder.start();
  }

  private static List<String> command(Path manifest) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath());
    // Should the demo itself be killed, its worker does not outlast it for long.
    command.addAll(List.of(Facedrop.class.getName(), "run", "--max-wait", "30s"));
    command.add(manifest.toString());
    return command;
  }

  /** Maven runs the demo in a class loader of its own. */
  private static String classPath() {
    if (!(Facedrop.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> places = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      try {
        places.add(Path.of(url.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("no place on the class path: " + url, e);
      }
    }
    return String.join(File.pathSeparator, places);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does: nothing of it runs any more, whatever it was doing. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit code; a signal to us is one to it. */
  int await(Stop stop) throws InterruptedException {
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stop.requested()) {
        close();
        return ExitCode.RESUMABLE;
      }
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
