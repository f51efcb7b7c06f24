package io.facedrop.sftp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class WholeStreamTest {
  @Test
  void givesWhatIsAsLongAsItsListingSays() throws IOException {
    assertThat(stream("image_url\n", 10).readAllBytes()).asString().isEqualTo("image_url\n");
    assertThat(stream("", 0).readAllBytes()).isEmpty();
  }

  @Test
  void failsWhereTheConnectionEndsEarly() {
    assertThatIOException()
        .isThrownBy(() -> stream("ima", 10).readAllBytes())
        .withMessage("it ended after 3 bytes, and the server's listing says 10");
  }

  @Test
  void failsWhereSomebodyStillWrites() {
    assertThatIOException()
        .isThrownBy(() -> stream("image_url\n", 9).readAllBytes())
        .withMessage("it goes on after 9 bytes, and the server's listing says 9");
  }

  @Test
  void countsSingleBytesToo() throws IOException {
    InputStream stream = stream("ab", 3);

    assertThat(stream.read()).isEqualTo('a');
    assertThat(stream.read()).isEqualTo('b');
    assertThatIOException()
        .isThrownBy(stream::read)
        .withMessage("it ended after 2 bytes, and the server's listing says 3");
  }

  @Test
  void cannotBeReadTwice() throws IOException {
    assertThat(stream("ab", 2).markSupported()).isFalse();
  }

  private static InputStream stream(String content, long length) {
    return new WholeStream(new ByteArrayInputStream(content.getBytes(US_ASCII)), length);
  }
}
