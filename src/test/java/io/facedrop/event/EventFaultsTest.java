package io.facedrop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.EventSecrets;
import java.io.IOException;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

class EventFaultsTest {
  private static final List<String> ADDRESSES =
      List.of(
          "https://hooks.example/services/T0123456789/B0123456789/s3cretS3cret",
          "https://user:s3cretS3cret@host.example/x",
          "https://host.example/x?token=s3cretS3cret&a=true",
          "smtps://mail.example?username=me&password=RAW(s3cretS3cret)&to=a@example.com",
          "smtps://mail.example?password=s3cretS3cret");

  @Test
  void noSecretOfAnAddressIsInWords() {
    for (String address : ADDRESSES) {
      Exception failure =
          new IOException(
              "cannot send",
              new IOException("535 refused s3cretS3cret of\r\n" + address + " and s3cretS3cret"));

      assertThat(new EventFaults(new EventSecrets(address)).words(failure))
          .startsWith("535 refused *** of ")
          .doesNotContain("s3cret", "B0123456789");
    }
  }

  @Test
  void aPasswordOfRawIsHiddenHoweverShort() {
    EventSecrets secrets = new EventSecrets("smtp://mail.example?password=RAW(pw1)");

    assertThat(secrets.hiddenIn("login with pw1 failed")).isEqualTo("login with *** failed");
  }

  @Test
  void anAnswerIsItsStatusAndNotTheAddress() {
    Exception failure =
        new HttpOperationFailedException(
            "https://hooks.example/secret", 503, "gone", null, null, "body");

    assertThat(new EventFaults(new EventSecrets("")).words(failure))
        .isEqualTo("the receiver answered with status 503");
  }
}
