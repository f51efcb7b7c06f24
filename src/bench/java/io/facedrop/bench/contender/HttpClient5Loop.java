package io.facedrop.bench.contender;

/** A bare loop on Apache HttpClient 5: the limit. */
public final class HttpClient5Loop {
  private HttpClient5Loop() {}

  public static void main(String[] args) throws Exception {
    Job.run(args, HttpClient5Loop::work);
  }

  private static void work(Job job) throws Exception {
    try (Caller caller = new Caller(job.address(), job.concurrency())) {
      BareLoop.work(job, caller::post);
    }
  }
}
