package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** facedrop as it is packaged and on its defaults, but for address, rate, concurrency and faces. */
record Facedrop(Options options, Path jar) implements Contender {
  @Override
  public String name() {
    return "facedrop";
  }

  @Override
  public double share() {
    return 1;
  }

  /** It is timed from the start of the process to its end. */
  @Override
  public boolean getsWarm() {
    return false;
  }

  @Override
  public String missing() {
    return "";
  }

  @Override
  public List<String> command(Assignment assignment) throws IOException {
    configure(assignment);
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(options.facedropOptions());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(
        assignment.manifest() == null
            ? List.of("serve")
            : List.of("run", assignment.manifest().toString()));
    return command;
  }

  private static void configure(Assignment assignment) throws IOException {
    Scenario scenario = assignment.scenario();
    Files.writeString(
        assignment.folder().resolve("application.properties"),
        """
        facedrop.api.base-url=%s
        facedrop.api.rate=%s
        facedrop.api.concurrency=%d
        facedrop.faces.await=%s
        """
            .formatted(
                assignment.baseUrl(), scenario.rate(), scenario.concurrency(), scenario.faces()));
  }

  @Override
  public Path successes(Path folder) {
    return folder.resolve("data/success");
  }

  @Override
  public Path deadLetters(Path folder) {
    return folder.resolve("data/dead-letter");
  }

  @Override
  public double timedSeconds(String said, double wallSeconds) {
    return wallSeconds;
  }
}
