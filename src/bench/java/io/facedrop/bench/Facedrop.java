package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * facedrop as it is packaged and on its defaults, but for address, rate, concurrency and faces.
 *
 * @param settings lines of {@code application.properties}
 * @param archive of classes, made by a first run and shared by the others; null for none
 */
record Facedrop(
    String name,
    Options options,
    Path jar,
    List<String> jvmOptions,
    List<String> settings,
    Path archive)
    implements Contender {
  static final String NAME = "facedrop";

  /** Starts with an archive of its classes. */
  static final String ARCHIVED = NAME + "-cds";

  static final String SMALL = NAME + "-256m";

  /** Queries tasks at fixed ages instead of learning when they end. */
  static final String AGES = NAME + "-ages";

  private static final long MOST_SECONDS = 60;

  static Facedrop onDefaults(Options options, Path jar) {
    return new Facedrop(NAME, options, jar, List.of(), List.of(), null);
  }

  static Facedrop archived(Options options, Path jar) {
    return new Facedrop(
        ARCHIVED, options, jar, List.of(), List.of(), options.target(ARCHIVED + ".jsa"));
  }

  static Facedrop small(Options options, Path jar) {
    return new Facedrop(SMALL, options, jar, List.of("-Xmx256m"), List.of(), null);
  }

  static Facedrop ages(Options options, Path jar) {
    return new Facedrop(
        AGES,
        options,
        jar,
        List.of(),
        List.of(
            "facedrop.faces.poll-ages=2s,3s,5s,8s,10s",
            "facedrop.faces.poll-interval=10s",
            "facedrop.faces.open-tasks=auto"),
        null);
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

  /** The archive is of this very jar and JVM, or they do not use it. */
  @Override
  public void prepare(Assignment assignment) throws IOException, InterruptedException {
    if (archive != null) {
      Files.deleteIfExists(archive);
      List<String> command = command(assignment, "-XX:ArchiveClassesAtExit=" + archive);
      Child.start(command, assignment.folder()).await(MOST_SECONDS);
    }
  }

  @Override
  public List<String> command(Assignment assignment) throws IOException {
    return archive == null
        ? command(assignment, new String[0])
        : command(assignment, "-XX:SharedArchiveFile=" + archive);
  }

  private List<String> command(Assignment assignment, String... more) throws IOException {
    configure(assignment);
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(jvmOptions);
    command.addAll(List.of(more));
    command.addAll(options.facedropOptions());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(
        assignment.manifest() == null
            ? List.of("serve")
            : List.of("run", assignment.manifest().toString()));
    return command;
  }

  private void configure(Assignment assignment) throws IOException {
    Scenario scenario = assignment.scenario();
    Files.writeString(
        assignment.folder().resolve("application.properties"),
        """
        facedrop.api.base-url=%s
        facedrop.api.rate=%s
        facedrop.api.concurrency=%d
        facedrop.faces.await=%s
        %s
        """
            .formatted(
                assignment.baseUrl(),
                scenario.rate(),
                scenario.concurrency(),
                scenario.faces(),
                String.join("\n", settings)));
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
