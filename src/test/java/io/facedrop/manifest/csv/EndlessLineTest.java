package io.facedrop.manifest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.manifest.Column;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.input.Lines;
import io.facedrop.manifest.input.ManifestText;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndlessLineTest {

  /** A gibibyte without a line break, counted as it is taken. */
  private static final class Gibibyte extends InputStream {
    private long taken;

    @Override
    public int read() {
      return taken++ < 1L << 30 ? 'x' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int read = (int) Math.min(length, (1L << 30) - taken);
      Arrays.fill(bytes, offset, offset + read, (byte) 'x');
      taken += read;
      return read == 0 ? -1 : read;
    }
  }

  @Test
  void rejectsLineOfAGibibyteAfterFewMebibytes() throws Exception {
    Gibibyte bytes = new Gibibyte();
    ManifestLimits limits = ManifestLimits.DEFAULT;
    ManifestText text = new ManifestText(bytes, ManifestRules.of("image_url"));
    Lines lines = new Lines(text, limits, limits.longestLine(), false);
    assertThat(catchThrowableOfType(ManifestRejectedException.class, lines::next).code())
        .isEqualTo("LINE_TOO_LONG");
    assertThat(bytes.taken).isLessThan(4 << 20);
  }

  @Test
  void rejectsCellOfAGibibyteAfterFewMebibytes() throws Exception {
    Gibibyte bytes = new Gibibyte();
    ManifestText text = new ManifestText(bytes, ManifestRules.of("image_url"));
    CsvHeader header = new CsvHeader(',', List.of(), List.of(Column.IMAGE_URL), 1);
    CsvRecords<Row> records =
        new CsvRecords<>(text, ',', ManifestLimits.DEFAULT, new CsvRows(header));
    assertThat(catchThrowableOfType(ManifestRejectedException.class, records::next).code())
        .isEqualTo("LINE_TOO_LONG");
    assertThat(bytes.taken).isLessThan(9 << 20);
  }
}
