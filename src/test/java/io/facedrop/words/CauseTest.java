package io.facedrop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;

class CauseTest {
  /** Whatever takes a text, nothing, or another failure. */
  private static final List<Class<? extends Throwable>> TYPES =
      List.of(
          IOException.class,
          EOFException.class,
          FileNotFoundException.class,
          ConnectException.class,
          SocketTimeoutException.class,
          UnknownHostException.class,
          BufferUnderflowException.class,
          ClosedByInterruptException.class,
          AccessDeniedException.class,
          DirectoryNotEmptyException.class,
          FileAlreadyExistsException.class,
          FileSystemException.class,
          NoSuchFileException.class,
          NotDirectoryException.class,
          CertificateException.class,
          ExecutionException.class,
          TimeoutException.class,
          SSLHandshakeException.class,
          GenericFileOperationFailedException.class,
          ConnectionClosedException.class,
          NoHttpResponseException.class,
          HttpHostConnectException.class,
          RuntimeException.class,
          NullPointerException.class,
          IllegalStateException.class,
          OutOfMemoryError.class,
          StackOverflowError.class,
          Error.class,
          Throwable.class,
          Exception.class);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void noNameOfAnExceptionIsSaid() throws Exception {
    for (int times = 0; times < 20_000; times++) {
      Throwable failure = anyFailure(random.nextInt(4));
      for (String words : List.of(Cause.of(failure), Cause.root(failure), Cause.whole(failure))) {
        assertThat(words)
            .as("seed %d, %s", seed, failure)
            .isNotBlank()
            .doesNotContainPattern("null(?! pointer)")
            .doesNotContainPattern("[A-Z]\\w*(Exception|Error|Throwable)")
            .doesNotContainPattern("java\\.|javax\\.|org\\.apache");
      }
    }
  }

  @Test
  void aFileIsNamedWithWhatIsWrongWithIt() {
    assertThat(Cause.of(new NoSuchFileException("/in/a.csv"))).isEqualTo("/in/a.csv is not there");
    assertThat(Cause.of(new AccessDeniedException("/in"))).isEqualTo("permission denied for /in");
    assertThat(Cause.of(new FileSystemException("/in/a.csv", null, "No space left on device")))
        .isEqualTo("/in/a.csv: No space left on device");
  }

  @Test
  void whatStandsInAMessageIsTakenOut() {
    SSLHandshakeException refused =
        new SSLHandshakeException(
            "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
                + " unable to find valid certification path to requested target");

    assertThat(Cause.of(refused))
        .isEqualTo(
            "PKIX path building failed: unable to find valid certification path to requested"
                + " target");
    assertThat(Cause.of(new UncheckedIOException(new IOException("no room")))).isEqualTo("no room");
  }

  @Test
  void aNameIsTakenApartWhereThereIsNothingElse() {
    assertThat(Cause.of(new BufferUnderflowException())).isEqualTo("buffer underflow");
    assertThat(Cause.of(new Exception())).isEqualTo("it failed without a reason");
    assertThat(Cause.of(new ExecutionException(null))).isEqualTo("execution");
  }

  @Test
  void theWholeIsSaidOnce() {
    IOException behind = new IOException("Connection reset");

    assertThat(Cause.whole(new CamelExecutionException("the route failed", null, behind)))
        .endsWith("Connection reset");
    assertThat(Cause.whole(new ResolveEndpointFailedException("file:x", "Connection reset")))
        .containsOnlyOnce("Connection reset");
    assertThat(Cause.whole(new IOException("cannot write a.csv: Connection reset", behind)))
        .isEqualTo("cannot write a.csv: Connection reset");
    assertThat(
            Cause.whole(
                new IOException(
                    "cannot store /x/a.csv",
                    new FileSystemException("/x/a.csv", null, "Not a directory"))))
        .isEqualTo("cannot store /x/a.csv: Not a directory");
  }

  @Test
  void whatCamelSaysForWhoLooksIntoCamelIsLeftOut() {
    assertThat(
            Cause.of(
                new IllegalStateException(
                    "No body available of type: java.io.InputStream but has type: java.util.HashMap"
                        + " on: Message. Caused by: No type converter available. Exchange[182E8].\n"
                        + "Caused by: [org.apache.camel.NoTypeConversionAvailableException - No type"
                        + " converter available]")))
        .isEqualTo(
            "No body available of type: java.io.InputStream but has type: java.util.HashMap on:"
                + " Message. Caused by: No type converter available.");
  }

  private Throwable anyFailure(int depth) throws Exception {
    Throwable behind = depth == 0 ? null : anyFailure(depth - 1);
    Class<? extends Throwable> type = TYPES.get(random.nextInt(TYPES.size()));
    List<Throwable> made = new ArrayList<>();
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] wanted = constructor.getParameterTypes();
      Object[] given = new Object[wanted.length];
      boolean fits = true;
      for (int i = 0; i < wanted.length; i++) {
        given[i] =
            wanted[i] == String.class
                ? FileSystemException.class.isAssignableFrom(type)
                    ? random.nextBoolean() ? "/in/a.csv" : null
                    : anyMessage(behind)
                : Throwable.class.isAssignableFrom(wanted[i])
                    ? wanted[i].isInstance(behind) ? behind : null
                    : wanted[i] == Object.class ? anyMessage(behind) : null;
        fits &= !wanted[i].isPrimitive();
      }
      if (fits) {
        makes(constructor, given).ifPresent(made::add);
      }
    }
    return made.get(random.nextInt(made.size()));
  }

  private static Optional<Throwable> makes(Constructor<?> constructor, Object... given)
      throws ReflectiveOperationException {
    try {
      return Optional.of((Throwable) constructor.newInstance(given));
    } catch (InvocationTargetException refusesNull) {
      return Optional.empty();
    }
  }

  private String anyMessage(Throwable behind) {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "Connection reset";
      case 3 -> "failed: java.net.ConnectException: Connection refused";
      default -> behind == null ? "/in/a.csv" : behind.toString();
    };
  }
}
