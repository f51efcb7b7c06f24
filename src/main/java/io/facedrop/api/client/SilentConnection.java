package io.facedrop.api.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection without loggers. HttpClient's loggers {@code headers} and {@code wire} would log the
 * key and the proxy's password if somebody enabled them.
 */
public final class SilentConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {
  private final KeptAlive keptAlive;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long answers;
  private long sentNanos;
  private Duration idle = Duration.ZERO;
  private volatile Timeout socketTimeout = Timeout.DISABLED;

  private SilentConnection(KeptAlive keptAlive) {
    super(
        Http1Config.DEFAULT,
        null,
        headers(),
        null,
        null,
        null,
        new DefaultHttpResponseParserFactory(Http1Config.DEFAULT));
    this.keptAlive = keptAlive;
  }

  /** Of header values; without it, each letter outside Latin-1 would leave as a question mark. */
  private static CharsetEncoder headers() {
    return StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** A connection over this socket; null for none yet. */
  public static ManagedHttpClientConnection over(Socket socket, KeptAlive keptAlive)
      throws IOException {
    SilentConnection connection = new SilentConnection(keptAlive);
    if (socket != null) {
      connection.bind(socket);
    }
    return connection;
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(new SocketHolder(socket));
  }

  @Override
  public void bind(SSLSocket secure, Socket plain) throws IOException {
    bind(new SocketHolder(secure, plain));
  }

  @Override
  public void bind(SocketHolder holder) throws IOException {
    if (closed.get()) {
      holder.getSocket().close();
      throw new InterruptedIOException("the connection is closed already");
    }
    super.bind(holder);
    socketTimeout = Timeout.ofMilliseconds(holder.getSocket().getSoTimeout());
  }

  @Override
  public Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public SSLSession getSSLSession() {
    return getSocket() instanceof SSLSocket secure ? secure.getSession() : null;
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    super.setSocketTimeout(timeout);
    socketTimeout = timeout;
  }

  /** Asked before it is used again; a server that has closed it teaches when it does so. */
  @Override
  public boolean isStale() throws IOException {
    boolean stale = super.isStale();
    if (answers == 0) {
      return stale;
    }
    if (stale) {
      keptAlive.closedAfter(idle());
    }
    return stale || keptAlive.doubts(idle());
  }

  private Duration idle() {
    return Duration.ofNanos(System.nanoTime() - sentNanos);
  }

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      super.sendRequestHeader(request);
    } catch (SocketException e) {
      throw broken(e);
    }
  }

  @Override
  public void flush() throws IOException {
    sentNanos = System.nanoTime();
    try {
      super.flush();
    } catch (SocketException e) {
      throw broken(e);
    }
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    try {
      ClassicHttpResponse response = super.receiveResponseHeader();
      if (answers++ > 0) {
        keptAlive.worked();
      }
      return response;
    } catch (SocketException | NoHttpResponseException e) {
      throw broken(e);
    }
  }

  /** Cut off without a byte of an answer: it may have been closed all the time. */
  private <E extends IOException> E broken(E failure) {
    if (answers > 0) {
      keptAlive.brokeAfter(idle);
    }
    return failure;
  }

  @Override
  public void passivate() {
    super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
  }

  @Override
  public void activate() {
    idle = idle();
    super.setSocketTimeout(socketTimeout);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      super.close();
    }
  }

  @Override
  public void close(CloseMode mode) {
    if (closed.compareAndSet(false, true)) {
      super.close(mode);
    }
  }
}
