package io.facedrop.sandbox;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.ssl.BasicServerTlsStrategy;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the server together. */
final class Listening {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /** Room for every connection of a client that opens hundreds at once. */
  private static final int BACKLOG = 1024;

  private Listening() {}

  static HttpAsyncServer server(
      SandboxOptions options,
      Contract contract,
      Credits account,
      Journal journal,
      ScheduledThreadPoolExecutor timer) {
    Connections connections = new Connections();
    Conversation.Service service =
        new Conversation.Service(contract, account, journal, connections, timer);
    AsyncServerBootstrap bootstrap =
        AsyncServerBootstrap.bootstrap()
            .setIOReactorConfig(reactor())
            .setHttpProcessor(processor())
            .setIOSessionListener(connections)
            .setExceptionCallback(cause -> LOG.debug("A connection ended early", cause))
            .setRequestRouter((request, context) -> () -> new Conversation(service));
    if (options.sslContext() != null) {
      bootstrap.setTlsStrategy(new BasicServerTlsStrategy(options.sslContext()));
    }
    return bootstrap.create();
  }

  static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> daemon(task), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sandbox-timer");
    thread.setDaemon(true);
    return thread;
  }

  private static IOReactorConfig reactor() {
    return IOReactorConfig.custom()
        .setIoThreadCount(Math.max(2, Runtime.getRuntime().availableProcessors()))
        .setSoTimeout(Timeout.DISABLED)
        .setSoReuseAddress(true)
        .setTcpNoDelay(true)
        .setBacklogSize(BACKLOG)
        .build();
  }

  private static HttpProcessor processor() {
    HttpResponseInterceptor signature =
        (response, entity, context) -> response.addHeader("X-Sandbox", "facedrop");
    return HttpProcessorBuilder.create()
        .addAll(new ResponseDate(), new ResponseContent(), new ResponseConnControl())
        .addLast(signature)
        .build();
  }
}
