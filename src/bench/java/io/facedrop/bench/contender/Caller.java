package io.facedrop.bench.contender;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** POSTs a row, or queries its task, by Apache HttpClient 5: blocking, on pooled connections. */
final class Caller implements AutoCloseable {
  private final URI address;
  private final CloseableHttpClient client;

  Caller(URI address, int concurrency) {
    this.address = address;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(concurrency)
                    .setMaxConnPerRoute(concurrency)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .build();
  }

  Reply post(String url) throws IOException {
    HttpPost post = new HttpPost(address);
    post.setEntity(new ByteArrayEntity(Reply.request(url), ContentType.APPLICATION_JSON));
    return send(post);
  }

  Reply query(String taskId) throws IOException {
    return send(new HttpGet(address.resolve("detect-face-result?detect_task_id=" + taskId)));
  }

  private Reply send(ClassicHttpRequest request) throws IOException {
    request.setHeader("x-api-key", Job.KEY);
    return client.execute(
        request, response -> Reply.read(EntityUtils.toByteArray(response.getEntity())));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
