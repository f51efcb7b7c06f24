package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.read.FoundFaces;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSheetTest {
  private static final String TWO =
      "[{\"id\":0,\"link\":\"https://f.example/0\"},{\"id\":\"b\",\"link\":\"http://f.example/b\"}]";

  @Test
  void showsTheFirstFaces() {
    List<FoundFaces> rows = List.of(row(TWO), row(TWO));
    assertThat(ContactSheet.of(rows, 3))
        .extracting(Face::link)
        .containsExactly("https://f.example/0", "http://f.example/b", "https://f.example/0");
    assertThat(ContactSheet.of(rows, 500)).hasSize(4);
    assertThat(ContactSheet.of(rows, 1).get(0))
        .isEqualTo(new Face(7, "https://a.example/7", "0", "https://f.example/0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "nonsense",
        "{}",
        "[1, null, \"https://f.example\", [], {}]",
        "[{\"id\":0}]",
        "[{\"link\":null}]",
        "[{\"link\":{\"https://f.example\":1}}]",
        "[{\"link\":\"javascript:alert(1)\"}]",
        "[{\"link\":\" javascript:alert(1)\"}]",
        "[{\"link\":\"data:text/html,x\"}]",
        "[{\"link\":\"file:///etc/passwd\"}]",
        "[{\"link\":\"//f.example/0\"}]",
        "[{\"link\":\"https:f.example\"}]",
        "[{\"link\":\"https://user:word@f.example/0\"}]",
        "[{\"link\":\"https://f.example/\\\" onerror=alert(1)\"}]"
      })
  void skipsWhatHasNoUsableLink(String faces) {
    assertThat(ContactSheet.of(List.of(row(faces), row(TWO)), 10)).hasSize(2);
  }

  @Test
  void linksNoImageThatABrowserMustNotFollow() {
    FoundFaces odd = new FoundFaces(7, "javascript:alert(1)//https://a.example", TWO);
    assertThat(ContactSheet.of(List.of(odd), 1).get(0).imageUrl()).isEmpty();
  }

  private static FoundFaces row(String faces) {
    return new FoundFaces(7, "https://a.example/7", faces);
  }
}
