package io.facedrop.bench.contender;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One manifest to be worked.
 *
 * @param outputs the folder for success.csv and dead-letter.csv
 * @param concurrency requests in flight
 */
record Job(Path manifest, Path outputs, URI address, int concurrency) {
  static final String KEY = System.getenv().getOrDefault("CRUN_API_KEY", "bench");
  private static final String NO_WARM_UP = "-";

  /** What a contender does with a job. */
  interface Worker {
    void work(Job job) throws Exception;
  }

  /**
   * Works a first manifest to get warm and then, timed, the one that counts.
   *
   * @param args manifest, folder for outputs, base URL, requests in flight, manifest to get warm
   *     with or {@code -}
   */
  static void run(String[] args, Worker worker) throws Exception {
    Path outputs = Path.of(args[1]);
    URI address = URI.create(args[2] + "/api/v1/client/job/detect-face-image");
    int concurrency = Integer.parseInt(args[3]);
    if (!args[4].equals(NO_WARM_UP)) {
      new Job(Path.of(args[4]), outputs.resolve("warm"), address, concurrency).work(worker);
    }
    long start = System.nanoTime();
    new Job(Path.of(args[0]), outputs, address, concurrency).work(worker);
    System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
    System.exit(0);
  }

  private void work(Worker worker) throws Exception {
    create(outputs);
    worker.work(this);
  }

  private static void create(Path folder) throws IOException {
    Files.createDirectories(folder);
  }
}
