package io.facedrop.manifest.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRuleTest {
  private static final String AMBIGUOUS =
      "The URL's host is written in a way that not everybody reads alike, which the rules for hosts"
          + " (facedrop.image.*) do not let through.";
  private static final String PRIVATE =
      "The URL's host is a private address, which facedrop.image.private-addresses=refuse does not"
          + " let through.";

  private static final UrlRule NO_PRIVATE =
      new UrlRule(ImageUrl.LONGEST, List.of(), List.of(), true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.255.0.9",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "0177.0.0.01",
        "127.0.0.1.",
        "127.0.0.1:8080",
        "0",
        "0.0.0.0",
        "0x",
        "0x0",
        "10.0.0.1",
        "10.1",
        "167772161",
        "012.0.0.1",
        "010.8.8.8",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.168.257",
        "0xc0.0xa8.0x1.0x1",
        "169.254.169.254",
        "0xa9fea9fe",
        "2852039166",
        "169.16689662",
        "0251.0376.0251.0376",
        "100.64.0.1",
        "100.127.255.255",
        "198.18.0.1",
        "192.0.0.8",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::FFFF:169.254.169.254]",
        "[::127.0.0.1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fe80::1]",
        "[febf::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001::1]",
        "[::1]:8080",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "LocalHost:80",
        "a.localhost",
        "a.b.LOCALHOST.",
        "localhost.localdomain",
        "intranet",
        "printer.local",
        "metadata.google.internal",
        "nas.home.arpa",
        "ｌｏｃａｌｈｏｓｔ",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "１２７.0.0.1"
      })
  void refusesPrivateAddressesHoweverTheyAreWritten(String host) {
    assertThat(NO_PRIVATE.fault("https://" + host + "/a.png")).contains(PRIVATE);
    assertThat(UrlRule.ANY_HOST.fault("https://" + host + "/a.png")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "134744072",
        "08.8.8.8",
        "172.32.0.1",
        "172.15.0.1",
        "11.0.0.1",
        "100.128.0.1",
        "169.253.0.1",
        "192.167.1.1",
        "[2606:4700::1111]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::8.8.8.8]",
        "[2002:808:808::1]",
        "example.com",
        "EXAMPLE.com.",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "10.example",
        "my_host.example",
        "bücher.example",
        "xn--bcher-kva.example",
        "a-b.example:8443",
        "x.y"
      })
  void letsPublicHostsThrough(String host) {
    assertThat(NO_PRIVATE.fault("https://" + host + "/a.png")).isEmpty();
    assertThat(NO_PRIVATE.fault("HTTP://" + host)).isEmpty();
    assertThat(NO_PRIVATE.fault("https://" + host + "?u=http://127.0.0.1/#@[::1]\\")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example\\.b.example",
        "a.example\\@b.example",
        "127.0.0.1\\",
        "%6cocalhost",
        "127%2e0.0.1",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.256",
        "0x7g.1",
        "4294967296",
        "a..b",
        "a.example..",
        ".example",
        "a.example:80:90",
        "a.example:x",
        "a.example:80\\b",
        "[::1",
        "[::1].example",
        "[fe80::1%25eth0]",
        "[::g]",
        "[1.2.3.4]",
        "a|b.example",
        "a^b.example",
        "fa\u00DF.example",
        "a\u200Db.example",
        "a<b>.example",
        "a,b.example"
      })
  void refusesHostsThatAreReadInMoreThanOneWay(String host) {
    String fault = NO_PRIVATE.fault("https://" + host + "/a.png").orElse("");
    assertThat(fault).isIn(AMBIGUOUS, "The URL bears user information, which is not allowed.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.example.com/a, ",
    "https://CDN.EXAMPLE.COM.:443/a, ",
    "https://a.img.example.org/a, ",
    "https://[2001:DB8:0::7]/a, ",
    "https://203.0.113.7/a, ",
    "https://0xcb.0.113.7/a, ",
    "https://cdn.example.com.evil.net/a, none",
    "https://evilcdn.example.com/a, none",
    "https://img.example.org/a, none",
    "https://evil.net/cdn.example.com, none",
    "https://evil.net?cdn.example.com, none",
    "https://evil.net#cdn.example.com, none",
    "https://203.0.113.8/a, none",
    "https://0203.0.113.7/a, none",
    "https://bad.img.example.org/a, one",
    "https://BAD.img.example.org./a, one",
    "https://xn--bd-via.img.example.org/a, one",
    "https://bäd.img.example.org/a, one",
    "https://198.51.100.1/a, one",
    "https://0xc6336401/a, one",
    "https://[::ffff:c633:6401]/a, one"
  })
  void goesByBothListsAndDenialWins(String url, String list) {
    UrlRule rule =
        new UrlRule(
            ImageUrl.LONGEST,
            List.of("cdn.example.com", "*.img.example.org", "203.0.113.7", "2001:db8::7"),
            List.of("bad.img.example.org", "xn--bd-via.img.example.org", "198.51.100.1"),
            false);
    assertThat(rule.fault(url).orElse(""))
        .isEqualTo(
            list == null
                ? ""
                : list.equals("one")
                    ? "The URL's host is one of facedrop.image.deny-hosts."
                    : "The URL's host is none of facedrop.image.allow-hosts.");
  }

  @Test
  void saysWhatIsWrongWithTheUrlFirst() {
    assertThat(NO_PRIVATE.fault("ftp://127.0.0.1/"))
        .contains("The URL's scheme is neither http nor https.");
    assertThat(NO_PRIVATE.fault(null)).contains("The URL is empty.");
  }
}
