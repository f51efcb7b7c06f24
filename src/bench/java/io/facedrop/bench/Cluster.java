package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processes of facedrop's {@code serve} that share an inbox, outputs and a ledger.
 *
 * @param nodes how many
 * @param databases where the server is from; null for SQLite
 */
record Cluster(String name, Options options, Path jar, int nodes, Databases databases)
    implements Contender {
  private static final String SQLITE = Facedrop.NAME + "-sqlite";
  private static final String POSTGRES = Facedrop.NAME + "-postgres-";

  static final List<String> NAMES = List.of(SQLITE, POSTGRES + 1, POSTGRES + 2, POSTGRES + 3);

  static List<Cluster> all(Options options, Path jar, Databases databases) {
    List<Cluster> all = new ArrayList<>(List.of(new Cluster(SQLITE, options, jar, 1, null)));
    for (int nodes = 1; nodes <= 3; nodes++) {
      all.add(new Cluster(POSTGRES + nodes, options, jar, nodes, databases));
    }
    return all;
  }

  @Override
  public double share() {
    return 1;
  }

  @Override
  public boolean getsWarm() {
    return true;
  }

  @Override
  public String missing() {
    return databases == null ? "" : databases.missing();
  }

  boolean isOnServer() {
    return databases != null;
  }

  String schema() {
    return name.replace('-', '_');
  }

  /** Makes the folder ready and returns what starts a node there. */
  @Override
  public List<String> command(Assignment assignment) throws IOException {
    String ledger = isOnServer() ? databases.server().url(schema()) : "jdbc:sqlite:data/ledger.db";
    Files.createDirectories(assignment.folder().resolve("data/inbox"));
    Files.writeString(
        assignment.folder().resolve("application.properties"),
        """
        facedrop.api.base-url=%s
        facedrop.api.rate=unlimited
        facedrop.api.concurrency=%d
        facedrop.faces.await=false
        facedrop.ledger.url=%s
        facedrop.ledger.username=%s
        """
            .formatted(
                assignment.baseUrl(),
                assignment.scenario().concurrency(),
                ledger,
                isOnServer() ? DatabaseServer.USER : ""));
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(options.facedropOptions());
    command.addAll(List.of("-jar", jar.toString(), "serve"));
    return command;
  }

  /** What tells one node from the others. */
  static Map<String, String> environment(int node) {
    return Map.of("FACEDROP_NODE_NAME", "node-" + node);
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
