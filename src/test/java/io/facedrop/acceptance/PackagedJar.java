package io.facedrop.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jar that ships, and how a test starts it: quickly, and without settings of the machine's. */
public final class PackagedJar {
  static final Path PATH =
      Path.of(System.getProperty("packaged.jar", "target/facedrop.jar")).toAbsolutePath();

  private PackagedJar() {}

  /**
   * A process of its own, not yet started.
   *
   * @param options of the JVM; the jar is started as {@code -jar} unless they name a class path
   * @param environment variables that are added to the machine's
   */
  public static ProcessBuilder process(
      Path directory,
      List<String> options,
      Map<String, String> environment,
      List<String> arguments) {
    return process(directory, options, environment, arguments, ClassArchive.options());
  }

  static ProcessBuilder process(
      Path directory,
      List<String> options,
      Map<String, String> environment,
      List<String> arguments,
      List<String> archive) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.addAll(archive);
    command.addAll(options);
    if (!options.contains("-cp")) {
      command.addAll(List.of("-jar", PATH.toString()));
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FACEDROP_"));
    builder.environment().remove("CRUN_API_KEY");
    builder.environment().putAll(environment);
    return builder;
  }
}
