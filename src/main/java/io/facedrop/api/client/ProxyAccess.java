package io.facedrop.api.client;

import java.io.IOException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Sends the proxy, and only the proxy, its password with the first request of each connection. To
 * wait for the proxy's challenge would send every request twice. There is no store of credentials
 * that another host could ask.
 */
public final class ProxyAccess implements ExecChainHandler {
  private final HttpHost proxy;
  private final UsernamePasswordCredentials credentials;

  public ProxyAccess(WayOut way) {
    proxy = new HttpHost(way.proxy().getScheme(), way.proxy().getHost(), way.proxy().getPort());
    credentials =
        way.user().isEmpty()
            ? null
            : new UsernamePasswordCredentials(way.user(), way.password().toCharArray());
  }

  public void configure(HttpClientBuilder builder) {
    builder.setProxy(proxy);
    if (credentials != null) {
      builder.addExecInterceptorFirst("proxy-access", this);
    }
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    BasicScheme basic = new BasicScheme();
    basic.initPreemptive(credentials);
    scope.clientContext.getAuthExchange(proxy).select(basic);
    return chain.proceed(request, scope);
  }
}
