package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickedUpFilesTest {
  private final PickedUpFiles pickedUp = new PickedUpFiles(null, null);

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      value = {
        "pickUp/m.csv | ''",
        "pickUp/partner/m.csv | partner/",
        "pickUp/a b/#1 50%?&+/m.csv | a b/#1 50%?&+/",
        "pickUp/Zürich/'q' \"r\"/m.csv | Zürich/'q' \"r\"/",
        "pickUp/.../m.csv | .../"
      },
      delimiter = '|',
      quoteCharacter = '`')
  void tellsTheFolderBelowTheInbox(String name, String folder) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    exchange.getMessage().setBody(home.resolve("m.csv").toFile());
    pickedUp.mark(exchange);
    assertThat(exchange.getMessage().getHeader(Intake.FOLDER))
        .isEqualTo(folder.equals("''") ? "" : folder);
    assertThat(exchange.getMessage().getHeader(Intake.PICKED_UP)).isEqualTo(true);
  }

  @Test
  void tellsTheOperatorWhatWasPickedUp() {
    LogLines log = LogLines.of(PickedUpFiles.class);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(home.resolve(".work/E-1/partner/m.csv").toFile());

    pickedUp.announce(exchange);

    assertThat(log.get()).containsExactly("INFO picked up partner/m.csv");
  }
}
