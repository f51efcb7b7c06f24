package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.manifest.ManifestRejectedException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RejectedFilesTest {
  private final RejectedFiles rejected = new RejectedFiles();

  @Test
  void eachHasALineWithItsCode() {
    rejected.add(Path.of("in/a.csv"), rejected("RAGGED_ROW"));
    rejected.add(Path.of("b\n.csv"), exchange());

    assertThat(rejected.isEmpty()).isFalse();
    assertThat(rejected.lines()).containsExactly("in/a.csv: RAGGED_ROW", "b?.csv: see the log");
  }

  @Test
  void theFirstTwentyAreListedAndTheRestIsCounted() {
    assertThat(rejected.isEmpty()).isTrue();
    add(20);
    assertThat(rejected.lines()).hasSize(20).last().isEqualTo("m19.csv: EMPTY_FILE");

    add(1_500);

    assertThat(rejected.lines()).hasSize(21).endsWith("and 1,500 more");
  }

  private void add(int count) {
    for (int n = 0; n < count; n++) {
      rejected.add(Path.of("m" + n + ".csv"), rejected("EMPTY_FILE"));
    }
  }

  private static Exchange rejected(String code) {
    Exchange exchange = exchange();
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT, new ManifestRejectedException(code, "", "one", "none", 0));
    return exchange;
  }

  private static Exchange exchange() {
    return new DefaultExchange(new DefaultCamelContext());
  }
}
