package io.facedrop.console;

import io.facedrop.config.Settings;
import io.facedrop.console.door.Door;
import io.facedrop.console.door.HostNames;
import io.facedrop.console.door.OpenConnections;
import io.facedrop.console.door.Tokens;
import io.facedrop.console.door.UploadDoor;
import io.facedrop.operator.UploadPlace;
import io.facedrop.words.Cause;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of {@code serve}. It listens before there are routes, so that a port that is
 * taken is known at once; the routes that begin with {@code platform-http:} join it.
 *
 * <p>It is not Camel's own server, which bounds neither connections nor headers.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 16_384;
  private static final long LARGEST_BODY = 65_536;

  /** Prometheus asks at least once a minute, by the same connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final int WORKERS = 4;

  private final Vertx vertx;
  private final Router router;
  private final HttpServer server;
  private final OpenConnections connections;
  private final String host;

  private ConsoleServer(Settings.Console settings, Duration patience) {
    host = settings.host();
    vertx = Vertx.vertx(options());
    router = Router.router(vertx);
    Door.open(
        router,
        new HostNames(settings.host(), settings.allowedHosts()),
        new Tokens(settings.operators(), settings.viewers()));
    server = vertx.createHttpServer(serverOptions());
    connections = new OpenConnections(vertx, patience);
    server.connectionHandler(connections);
    server.requestHandler(
        request -> {
          connections.used(request.connection());
          router.handle(request);
        });
  }

  /**
   * Listens where the settings say.
   *
   * @return empty when it is off, or when the default port is taken, of which it warns
   * @throws PortTakenException when the port is not the default one
   */
  public static Optional<ConsoleServer> open(Settings.Console settings) {
    return open(settings, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience for which a connection may be without a whole request
   */
  static Optional<ConsoleServer> open(Settings.Console settings, Duration patience) {
    if (settings.isOff()) {
      return Optional.empty();
    }
    ConsoleServer console = new ConsoleServer(settings, patience);
    try {
      console.listen(settings.port());
      return Optional.of(console);
    } catch (CompletionException failure) {
      console.close();
      String words = words(settings, failure.getCause());
      if (settings.chosen() || !(failure.getCause() instanceof BindException)) {
        throw new PortTakenException(words, failure.getCause());
      }
      LOG.warn("{}; serve goes on without metrics and health", words);
      return Optional.empty();
    }
  }

  /** One that never listens, for who only wants to see whether routes can join. */
  public static ConsoleServer silent(Settings.Console settings) {
    return new ConsoleServer(settings, PATIENCE);
  }

  private static String words(Settings.Console settings, Throwable cause) {
    return "facedrop.console.port: cannot listen on "
        + settings.host()
        + " port "
        + settings.port()
        + " ("
        + Cause.of(cause)
        + "); choose another port, 0 for any that is free, or off";
  }

  private void listen(int port) {
    server
        .listen(port, host.replaceAll("[\\[\\]]", ""))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Its threads are few, it keeps no files, and a process that was frozen is none of its cares. */
  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(1)
        .setUseDaemonThread(true)
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setIdleTimeout((int) PATIENCE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  /** Lets the routes of a context join, before they are read. */
  public void bind(CamelContext context, Settings settings) {
    new UploadDoor(
            new UploadPlace(settings.inbox().directory()),
            settings.manifests().limits().mostBytes(),
            connections)
        .join(router);
    context
        .getRegistry()
        .bind(
            VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO,
            new VertxPlatformHttpRouter(
                null, vertx, router, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO) {
              @Override
              public Handler<RoutingContext> bodyHandler() {
                // Files that somebody uploads would be kept in the working directory else.
                return BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
              }
            });
  }

  /** Where it is reached. */
  public String address() {
    return "http://"
        + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + server.actualPort()
        + "/";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
