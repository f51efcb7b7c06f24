package io.facedrop.manifest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.format.Manifests;
import io.facedrop.manifest.format.RowText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaCellTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1",
        "-12.50",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "="
      })
  void putsAQuoteInFrontOfAFormula(String cell) {
    assertThat(FormulaCell.harmless(cell)).isEqualTo("'" + cell);
    assertThat(FormulaCell.harmlessThroughout(cell)).startsWith("'" + cell.charAt(0));
    assertThat(FormulaCell.exact("'" + cell)).isEqualTo(cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1-2", "https://a.example/?a=b", "'x", " =1", "a@b.example"})
  void leavesTheRestAlone(String cell) {
    assertThat(FormulaCell.harmless(cell)).isEqualTo(cell);
    assertThat(FormulaCell.harmlessThroughout(cell)).isEqualTo(cell);
    assertThat(FormulaCell.exact(cell)).isEqualTo(cell);
  }

  @Test
  void thinksOfEveryDelimiterInATextOfOurs() {
    assertThat(FormulaCell.harmlessThroughout("no;=A1,+B\t-C\n@D|=E\"=F a=b"))
        .isEqualTo("no;'=A1,'+B\t'-C\n'@D|'=E\"'=F a=b");
    assertThat(FormulaCell.harmlessThroughout(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t'})
  void makesEveryCarriedCellHarmlessAndTheUrlStaysExact(char delimiter) throws Exception {
    String manifest =
        "=a,\"b\"\"c\",image_url,d,@e\n".replace(',', delimiter)
            + "-12.50,\"+4\"\"9;,x\",https://a.example/?a=-1,\"=1\n2\",plain\n"
                .replace(",https", delimiter + "https")
                .replace("-12.50,", "-12.50" + delimiter)
                .replace("-1,", "-1" + delimiter)
                .replace("\",plain", "\"" + delimiter + "plain");
    Manifests manifests = new Manifests(folder);
    Manifests.Content once = manifests.read("m.csv", manifest);
    String harmless = text(once, true);
    Manifests.Content twice = manifests.read("n.csv", harmless);
    assertThat(twice.urls()).isEqualTo(once.urls()).containsExactly("https://a.example/?a=-1");
    assertThat(text(twice, true)).as("once is enough").isEqualTo(harmless);
    assertThat(harmless)
        .isEqualTo(
            text(once, false)
                .replace("=a", "'=a")
                .replace("@e", "'@e")
                .replace("-12.50", "'-12.50")
                .replace("+4", "'+4")
                .replace("=1\n", "'=1\n"));
  }

  @Test
  void neutralisesAUrlThatIsNone() {
    RowText text = RowText.of(new Layout(Format.CSV, ',', "image_url"), true);
    assertThat(text.line("", "=HYPERLINK(1)", "", List.of(), List.of()))
        .isEqualTo("'=HYPERLINK(1)");
  }

  @Test
  void leavesJsonAlone() {
    RowText text = RowText.of(new Layout(Format.JSONL, ',', ""), true);
    assertThat(text.line("{\"a\":\"=1\",\"image_url\":", "=u", ",\"b\":-1", List.of(), List.of()))
        .isEqualTo("{\"a\":\"=1\",\"image_url\":\"=u\",\"b\":-1}");
  }

  private static String text(Manifests.Content content, boolean neutralised) {
    RowText text = RowText.of(content.layout(), neutralised);
    StringBuilder lines = new StringBuilder(text.headerWith(List.of())).append('\n');
    content
        .rows()
        .forEach(
            row ->
                lines
                    .append(
                        text.line(row.before(), row.imageUrl(), row.after(), List.of(), List.of()))
                    .append('\n'));
    return new String(lines.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
