package io.facedrop.manifest.url;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a.jpg",
        "HTTP://example.com",
        "http://my_host:8080/a|b[1]?q=%zz&e=a@b#@",
        "https://[::1]/a",
        "https://bücher.example/é😀",
        "https://example.com?u=https://x@y"
      })
  void acceptsLeniently(String url) {
    assertThat(ImageUrl.fault(url, ImageUrl.LONGEST)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', The URL is empty.",
    "example.com/a.jpg, The URL is not absolute: it has no scheme.",
    "/a.jpg, The URL is not absolute: it has no scheme.",
    "//example.com/a.jpg, The URL is not absolute: it has no scheme.",
    "ftp://example.com/a, The URL's scheme is neither http nor https.",
    "data:image/png;base64, The URL's scheme is neither http nor https.",
    "https:///a.jpg, The URL is not absolute: it has no host.",
    "https:a.jpg, The URL is not absolute: it has no host.",
    "https:/a.jpg, The URL is not absolute: it has no host.",
    "https://:80/a, The URL is not absolute: it has no host.",
    "https://?a, The URL is not absolute: it has no host."
  })
  void namesFault(String url, String fault) {
    assertThat(ImageUrl.fault(url, ImageUrl.LONGEST)).contains(fault);
  }

  @Test
  void refusesWhatStandsForALostCharacter() {
    assertThat(ImageUrl.fault("https://a.example/\uFFFD.jpg", ImageUrl.LONGEST))
        .contains("The URL contains U+FFFD, which stands for a character that was lost.");
  }

  @Test
  void refusesMissingUrl() {
    assertThat(ImageUrl.fault(null, ImageUrl.LONGEST)).contains("The URL is empty.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " https://a/b", "https://a/b ", "https://a/b c", "https://a/\tb", "https://a/b\n",
        "https://a/\u00a0b", "https://a/\u2003b", "https://a/\u0000b", "https://a/\u007fb", " "
      })
  void refusesWhiteSpaceAndControlCharacters(String url) {
    assertThat(ImageUrl.fault(url, ImageUrl.LONGEST).orElseThrow())
        .matches(
            "The URL has (a blank|white space \\(U\\+....\\)|a control character \\(U\\+....\\)) as its"
                + " character \\d+ of %d; write it as %%20 or leave it out\\."
                    .formatted(url.length()));
  }

  @Test
  void saysWhereABlankIs() {
    assertThat(ImageUrl.fault("https://a/b c.jpg", ImageUrl.LONGEST))
        .contains(
            "The URL has a blank as its character 12 of 17; write it as %20 or leave it out.");
    assertThat(ImageUrl.fault("https://a/b\u00a0c", ImageUrl.LONGEST))
        .contains(
            "The URL has white space (U+00A0) as its character 12 of 13; write it as %20 or leave"
                + " it out.");
  }

  @Test
  void saysWhereAnInvisibleCharacterIs() {
    assertThat(ImageUrl.fault("https://a/b\u200bc", ImageUrl.LONGEST))
        .contains(
            "The URL has an invisible character (U+200B) as its character 12 of 13; leave it out.");
    assertThat(ImageUrl.fault("https://a/\u0646\u200c\u0645", ImageUrl.LONGEST))
        .as("a joiner that Persian words are written with")
        .isEmpty();
    assertThat(ImageUrl.trimmed("\ufeff\u200bhttps://a/b\u2060")).isEqualTo("https://a/b");
  }

  @Test
  void trimsWhatIsBlankAroundAUrl() {
    assertThat(ImageUrl.trimmed("\u00a0\t https://a/b c \u2003\n")).isEqualTo("https://a/b c");
    assertThat(ImageUrl.trimmed(" \n")).isEmpty();
  }

  @Test
  void refusesMoreCharactersThanAreAllowed() {
    String longest = "https://a/" + "x".repeat(ImageUrl.LONGEST - 10);
    assertThat(ImageUrl.fault(longest, ImageUrl.LONGEST)).isEmpty();
    assertThat(ImageUrl.fault(longest + "x", ImageUrl.LONGEST))
        .contains("The URL has 8193 characters; facedrop.image.max-url allows 8192.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@example.com/a",
        "https://secret@example.com",
        "https://secret@/a",
        "https://@a/b",
        "https://a\\@secret/b",
        "user:secret@example.com",
        "ftp://u:secret@a/b"
      })
  void refusesUserInformationWithoutRepeatingIt(String url) {
    assertThat(ImageUrl.fault(url, ImageUrl.LONGEST))
        .isPresent()
        .get()
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void namesUserInformation() {
    assertThat(ImageUrl.fault("https://user:secret@example.com/a", ImageUrl.LONGEST))
        .contains("The URL bears user information, which is not allowed.");
  }
}
