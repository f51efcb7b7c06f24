package io.facedrop.manifest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTextTest {

  private static final RowText CSV = RowText.of(new Layout(Format.CSV, ';', "id;image_url"));
  private static final RowText JSONL = RowText.of(new Layout(Format.JSONL, ',', ""));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a", "a;b", "a,b", "a\tb", "\"", "a\"b", "\r", "\n", "a\r\nb", "#a", "é😀", "'"
      })
  void quotesCellAsFastCsvDoes(String cell) throws Exception {
    StringWriter expected = new StringWriter();
    try (CsvWriter writer =
        CsvWriter.builder().fieldSeparator(';').lineDelimiter(LineDelimiter.LF).build(expected)) {
      writer.writeRecord(cell, "x");
    }
    assertThat(CSV.line("", cell, ";x", List.of(), List.of()) + "\n")
        .isEqualTo(expected.toString());
  }

  @Test
  void writesHeaderWithOurColumns() {
    assertThat(CSV.headerWith(List.of("a", "b;c"))).isEqualTo("id;image_url;a;\"b;c\"");
    assertThat(CSV.headerWith(List.of())).isEqualTo("id;image_url");
    assertThat(JSONL.headerWith(List.of("a"))).isEmpty();
  }

  @Test
  void writesCsvLineWithOurCells() {
    assertThat(CSV.line("1;", "u;v", "", List.of("a", "b", "c"), Arrays.asList("x", null, "\"")))
        .isEqualTo("1;\"u;v\";x;;\"\"\"\"");
  }

  @Test
  void writesJsonLineWithOurValues() {
    List<String> values = Arrays.asList("1", "\"s\"", null);
    assertThat(JSONL.line("{\"image_url\":", "u\"", ",\"x\":1", List.of("a", "b\n", "c"), values))
        .isEqualTo("{\"image_url\":\"u\\\"\",\"x\":1,\"a\":1,\"b\\u000a\":\"s\",\"c\":null}");
  }

  @Test
  void neverWritesBlankLine() {
    assertThat(CSV.line("", "", "", List.of(), List.of())).isEqualTo("\"\"");
    assertThat(CSV.line("", " \t", "", List.of(), List.of())).isEqualTo("\" \t\"");
    assertThat(CSV.line("", "", ";", List.of(), List.of())).isEqualTo(";");
  }

  @Test
  void refusesValuesThatDoNotMatchColumns() {
    assertThatThrownBy(() -> CSV.line("", "u", "", List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 1 values but found 0");
  }
}
