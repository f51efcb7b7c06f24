package io.facedrop.bench.contender;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A bare loop on the JDK's own client. Its {@code sendAsync} made a third of the rows that these
 * blocking threads make.
 */
public final class JdkClientLoop {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private JdkClientLoop() {}

  public static void main(String[] args) throws Exception {
    Job.run(args, JdkClientLoop::work);
  }

  private static void work(Job job) throws Exception {
    BareLoop.work(
        job, url -> Reply.read(CLIENT.send(request(job, url), BodyHandlers.ofByteArray()).body()));
  }

  private static HttpRequest request(Job job, String url) throws Exception {
    return HttpRequest.newBuilder(job.address())
        .header("Content-Type", "application/json")
        .header("x-api-key", Job.KEY)
        .POST(BodyPublishers.ofByteArray(Reply.request(url)))
        .build();
  }
}
