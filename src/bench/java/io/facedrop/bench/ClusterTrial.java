package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Has several nodes do one job, after a smaller one by which they get warm. */
record ClusterTrial(EndpointProcess endpoint, Manifests manifests, int round) {
  private static final long MOST_SECONDS = 7_200;

  Measurement run(Scenario scenario, Contender contender, Path folder)
      throws IOException, InterruptedException {
    Cluster cluster = (Cluster) contender;
    int rows = scenario.rows(contender);
    Assignment assignment =
        new Assignment(
            scenario,
            folder,
            manifests.of(1, rows),
            manifests.of(rows + 1, Trial.warmRows(rows)),
            endpoint.baseUrl());
    try (ClusterRun nodes = ClusterRun.start(cluster, assignment, MOST_SECONDS)) {
      nodes.work(assignment.warmUp(), MOST_SECONDS);
      // What was published then is not counted, at neither end.
      Trial.delete(cluster.successes(folder));
      endpoint.reset(scenario);
      return measured(cluster, assignment, rows, nodes);
    } finally {
      if (cluster.isOnServer()) {
        cluster.databases().server().drop(cluster.schema());
      }
    }
  }

  private Measurement measured(Cluster cluster, Assignment assignment, int rows, ClusterRun nodes)
      throws IOException, InterruptedException {
    DatabaseUse before = use(cluster);
    double cpu = nodes.cpuSeconds();
    double endpointCpu = endpoint.cpuSeconds();
    long startMillis = System.currentTimeMillis();
    double wall = nodes.work(assignment.manifest(), MOST_SECONDS);
    double used = nodes.cpuSeconds() - cpu;
    double endpointUsed = endpoint.cpuSeconds() - endpointCpu;
    long peak = nodes.peakKib();
    // Connections that end tell the server what they did.
    nodes.stop();
    DatabaseUse database = use(cluster).since(before);
    Counts counts = endpoint.counts();
    int lastPart = OutputCheck.check(cluster, assignment, rows, 0, counts);
    return new Measurement(
        assignment.scenario().name(),
        cluster.name(),
        round,
        rows,
        assignment.scenario().figure().of(rows, wall, wall, counts),
        wall,
        (counts.firstArrivalMillis() - startMillis) / 1e3,
        used,
        peak,
        Map.of(),
        lastPart,
        endpointUsed,
        database,
        counts);
  }

  private static DatabaseUse use(Cluster cluster) throws IOException {
    return cluster.isOnServer() ? cluster.databases().server().use() : DatabaseUse.NONE;
  }
}
