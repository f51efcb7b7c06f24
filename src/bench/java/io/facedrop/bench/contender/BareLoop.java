package io.facedrop.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that take a row, POST it and write what came: no ledger, no Camel, nothing to spare. */
final class BareLoop {
  private final Rows rows;
  private final Post post;
  private final Outputs outputs;

  /** POSTs the image of a row. */
  interface Post {
    Reply post(String url) throws Exception;
  }

  private BareLoop(Rows rows, Post post, Outputs outputs) {
    this.rows = rows;
    this.post = post;
    this.outputs = outputs;
  }

  /** Works the job with a thread for each request in flight. */
  static void work(Job job, Post post) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(job.concurrency());
    try (Rows rows = new Rows(job.manifest());
        Outputs outputs = new Outputs(job.outputs(), rows.header())) {
      BareLoop loop = new BareLoop(rows, post, outputs);
      List<Future<Void>> ends = new ArrayList<>();
      for (int number = 0; number < job.concurrency(); number++) {
        ends.add(threads.submit(loop::run));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private Void run() throws Exception {
    for (Row row = rows.next(); row != null; row = rows.next()) {
      outputs.write(row, post.post(row.url()));
    }
    return null;
  }
}
