package io.facedrop.manifest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvManifestTest {

  @TempDir Path folder;
  private Manifests manifests;

  @BeforeEach
  void prepare() {
    manifests = new Manifests(folder);
  }

  private Manifests.Content csv(String text) throws IOException {
    return manifests.read("m.csv", text);
  }

  @Test
  void cutsRowAroundUrl() throws Exception {
    Manifests.Content content = csv("id,name,image_url,x\n17,\"a, b\",https://a/1,y\n");
    assertThat(content.layout()).isEqualTo(new Layout(Format.CSV, ',', "id,name,image_url,x"));
    assertThat(content.rows())
        .containsExactly(new Row(2, "https://a/1", "17,\"a, b\",", ",y", null, null));
  }

  @Test
  void cutsRowWithUrlFirstLastAndAlone() throws Exception {
    assertThat(csv("image_url,x\nu,y\n").rows())
        .containsExactly(new Row(2, "u", "", ",y", null, null));
    assertThat(csv("x,image_url\ny,u\n").rows())
        .containsExactly(new Row(2, "u", "y,", "", null, null));
    assertThat(csv("image_url\nu\n").rows()).containsExactly(new Row(2, "u", "", "", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsEitherLineEndWithAndWithoutLast(String end) throws Exception {
    String text = "image_url,x" + end + "u,1" + end + "v,2";
    assertThat(csv(text).texts()).containsExactly("u,1", "v,2");
    assertThat(csv(text + end).texts()).containsExactly("u,1", "v,2");
    assertThat(csv("\uFEFF" + text + end).lines()).containsExactly(2L, 3L);
  }

  @Test
  void readsLastLineThatEndsWithCrAlone() throws Exception {
    assertThat(csv("image_url\r\nu\r").urls()).containsExactly("u");
  }

  @Test
  void readsManifestWithByteOrderMarkAndQuotedFirstName() throws Exception {
    assertThat(csv("\uFEFF\"image_url\",x\r\nu,1\r\n").layout().header())
        .isEqualTo("\uFEFFimage_url,x");
  }

  @Test
  void findsDelimiterFromHeader() throws Exception {
    assertThat(csv("a,image_url\n1,u\n").layout().delimiter()).isEqualTo(',');
    assertThat(csv("a;image_url\n1;u\n").layout().delimiter()).isEqualTo(';');
    assertThat(csv("a\timage_url\n1\tu\n").layout().delimiter()).isEqualTo('\t');
    assertThat(csv("image_url\nu;v\n").layout().delimiter()).isEqualTo(',');
  }

  @Test
  void prefersDelimiterWithMostColumns() throws Exception {
    assertThat(csv("image_url,a;image_url;b\n1;u;2\n").layout().delimiter()).isEqualTo(';');
    assertThat(csv("image_url;a,image_url\n").layout().delimiter()).isEqualTo(',');
    assertThat(csv("x,y;image_url;a,b;c\n1;u;2;3\n").layout().header())
        .isEqualTo("x,y;image_url;a,b;c");
    assertThat(csv("\"a,b\";image_url\n1;u\n").layout().header()).isEqualTo("a,b;image_url");
  }

  @Test
  void matchesColumnTrimmedAndWithoutCaseAndKeepsItsName() throws Exception {
    Manifests.Content content = csv("Id, Image_URL \n1,u\n");
    assertThat(content.layout().header()).isEqualTo("Id, Image_URL ");
    assertThat(content.urls()).containsExactly("u");
    byte[] photo = "Photo\nu\n".getBytes(StandardCharsets.UTF_8);
    assertThat(manifests.read("m.csv", photo, " PHOTO", ManifestLimits.DEFAULT).urls())
        .containsExactly("u");
  }

  @Test
  void countsPhysicalLinesOfMultiLineFields() throws Exception {
    String text = "\"na\nme\",image_url\n\"a\r\nb\n\nc\",u\n\n1,v\n\"x\ry\",w\n2,z\n";
    Manifests.Content content = csv(text);
    assertThat(content.urls()).containsExactly("u", "v", "w", "z");
    assertThat(content.lines()).containsExactly(3L, 8L, 9L, 10L);
    assertThat(content.rows().get(0).before()).isEqualTo("\"a\r\nb\n\nc\",");
  }

  @Test
  void keepsLoneCarriageReturnAndItsRow() throws Exception {
    String text = "image_url,x\nu,\"a\rb\"\nv,\"\r\"\nw,\"\r\uD83D\uDE00\uD800\uDC00\"\n";
    assertThat(csv(text).texts())
        .containsExactly("u,\"a\rb\"", "v,\"\r\"", "w,\"\r\uD83D\uDE00\uD800\uDC00\"");
  }

  @Test
  void keepsCarriageReturnAtAnyPlaceOfTheBuffers() throws Exception {
    for (int length = 65_500; length < 65_560; length++) {
      String cell = "a".repeat(length) + "\rb\r\nc";
      String line = "u,\"" + cell + "\"";
      assertThat(csv("image_url,x\r\n" + line + "\r\nv,1\r\n").texts())
          .containsExactly(line, "v,1");
    }
  }

  @Test
  void skipsBlankLinesAnywhere() throws Exception {
    Manifests.Content content = csv("\n \r\nimage_url,x\n\nu,1\n\t \n\nv,2\n\n");
    assertThat(content.urls()).containsExactly("u", "v");
    assertThat(content.lines()).containsExactly(5L, 8L);
  }

  @Test
  void keepsRowsOfEmptyCells() throws Exception {
    assertThat(csv("image_url\n\"\"\n\" \"\nu\n").texts()).containsExactly("\"\"", "\"\"", "u");
    assertThat(csv("a,image_url,b\n\"\",,\n").texts()).containsExactly(",,");
  }

  @Test
  void skipsRowsWithoutAnyContent() throws Exception {
    Manifests.Content content = csv("\n;;\na;image_url;b\n;;\n1;u;2\n ;\t;\n;;\n;\n;;;;\n");
    assertThat(content.texts()).containsExactly("1;u;2");
    assertThat(content.lines()).containsExactly(5L);
  }

  @Test
  void obeysTheSeparatorLineOfExcel() throws Exception {
    for (String first : new String[] {"sep=;", "SEP=;", "\"sep=;\""}) {
      Manifests.Content content = csv(first + "\r\nid;image_url;a,b\r\n1;https://a/s;x\r\n");
      assertThat(content.layout()).isEqualTo(new Layout(Format.CSV, ';', "id;image_url;a,b"));
      assertThat(content.rows()).containsExactly(new Row(3, "https://a/s", "1;", ";x", null, null));
    }
    assertThat(csv("sep=|\nid|image_url\n1|u\n").texts()).containsExactly("1|u");
    assertThat(csv("sep=\t\nid\timage_url\n1\tu\n").texts()).containsExactly("1\tu");
    assertThat(csv("sep=;\nimage_url\n").rows()).isEmpty();
    assertThat(csv("image_url\nsep=;\n").urls()).containsExactly("sep=;");
  }

  @Test
  void takesTheFirstOfTheColumnsThatIsThere() throws Exception {
    ManifestRules rules = ManifestRules.of("Photo", "image_url");
    byte[] both = "image_url,photo\nu,v\n".getBytes(StandardCharsets.UTF_8);
    byte[] one = "id; IMAGE_URL \n1;u\n".getBytes(StandardCharsets.UTF_8);
    assertThat(new Manifests(folder).read("m.csv", both, rules).urls()).containsExactly("v");
    assertThat(new Manifests(folder).read("m.csv", one, rules).urls()).containsExactly("u");
    byte[] objects =
        "{\"image_url\":\"u\",\"PHOTO\":\"v\"}\n{\"image_url\":\"w\"}\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(new Manifests(folder).read("m.jsonl", objects, rules).urls())
        .containsExactly("v", "");
    assertThat(new Manifests(folder).rejection("m.csv", "a\n1\n".getBytes(), rules))
        .hasMessage(
            "no column for the URL: expected Photo or image_url (facedrop.manifest.column can name"
                + " another) but found a (line 1)");
  }

  @Test
  void keepsCellsIntact() throws Exception {
    String row = " lead,trail ,\"q\"\"q\",é😀,\"#c\",a b,\"\t\"";
    assertThat(csv("a,b,c,d,e,f,g,image_url\n" + row + ", u \n").texts())
        .containsExactly(" lead,trail ,\"q\"\"q\",é😀,\"#c\",a b,\t,u");
    assertThat(csv("a,image_url\nx\"y,u\n").texts()).containsExactly("\"x\"\"y\",u");
  }

  @Test
  void readsHeaderWithoutRowsAsManifestOfNone() throws Exception {
    assertThat(csv("id,image_url").rows()).isEmpty();
    assertThat(csv("id,image_url\r\n").rows()).isEmpty();
  }

  @Test
  void returnsNullAgainBehindTheEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("m.csv"), "image_url\nu\n");
    try (RowReader reader =
        Manifest.open(file, ManifestName.of("m.csv"), ManifestRules.of("image_url"))) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }
}
