package io.facedrop.publish.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.view.Event;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.Face;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
  private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9]*)((?:\\s[^<>]*)?)>");
  private static final Pattern ATTRIBUTES =
      Pattern.compile("(\\s+[a-zA-Z-]+[0-9]?(=\"[^\"<>]*\")?)*\\s*/?");

  @Test
  void tellsTheRowsAddingUp() {
    assertThat(text(SampleBatches.busy()))
        .contains("9,647 rows = 9,521 succeeded + 126 dead letters")
        .contains("22,476 requests = 9,820 POST + 12,656 GET")
        .contains("3 rows in doubt:")
        .contains("2 rows possibly paid twice:")
        .contains("charged: 9,530")
        .contains("not charged: 72")
        .contains("unknown: 45");
  }

  @Test
  void wordsAgreeWithOneRowAndWithMore() {
    SampleBatch one = SampleBatches.small();
    one.adopted = 1;
    one.shared = 1;
    assertThat(text(one))
        .contains("1 row paid for before:", "went on with. It counts as charged here too.")
        .contains("and it shares its result. It counts as not charged.");
    SampleBatch more = SampleBatches.small();
    more.adopted = 2;
    more.shared = 2;
    assertThat(text(more))
        .contains("went on with. They count as charged here too.")
        .contains("and they share its result. They count as not charged.");
  }

  @Test
  void whatAPauseSendsBackIsNoFurtherAttempt() {
    assertThat(text(SampleBatches.small()))
        .contains("Attempted again416.7% of all rows; an answer that pauses the gate is no attempt")
        .contains("Rows attempted again4")
        .doesNotContain("Tried again");
  }

  @Test
  void theTimeInWhichNobodyWorkedIsToldAndIsNoPartOfTheRate() {
    SampleBatch stopped = SampleBatches.small();
    stopped.took = Duration.ofSeconds(808);
    stopped.event(Duration.ofSeconds(8), Event.Kind.STOP, null, "facedrop was stopped");
    stopped.event(Duration.ofSeconds(798), Event.Kind.START, null, "facedrop started again");

    assertThat(text(stopped))
        .contains(
            "Took13m 28s1.33 rows per second while facedrop worked;"
                + " nobody worked for 13m 10s of it")
        .contains("1 stop and 1 start of facedrop itself")
        .contains("stop13m 10sfacedrop was stopped")
        .contains("start–facedrop started again")
        .contains("pausestopped");
    assertThat(html(stopped)).contains("<rect class=\"shade stop\"");
  }

  @Test
  void anInvalidUrlMayAlsoBeTooLong() {
    assertThat(text(SampleBatches.busy()))
        .contains("the URL is not absolute http or https, is too long, or breaks another rule;");
  }

  @Test
  void tellsThatThereIsNothingToTell() {
    assertThat(text(SampleBatches.empty()))
        .contains("0 rows = 0 succeeded + 0 dead letters")
        .contains("The manifest holds no rows.")
        .contains("There is no request to show.")
        .contains("There were no rows to write.")
        .contains("Nothing held the requests up.");
  }

  @Test
  void tellsRequestsOfWhichOnlyTheNumberIsKnown() {
    BatchReport.Requests requests = BatchReport.Requests.of(30, 12, 8);
    assertThat(requests.unrecorded()).isEqualTo(10);
    assertThat(requests.all()).isEqualTo(30);
  }

  @Test
  void theRateOfACancelledBatchIsThatOfTheRowsThatHadTheirTurn() {
    assertThat(text(SampleBatches.cancelled()))
        .contains("8.9 rows per second, without those that were cancelled")
        .contains("2.21 per row that had its turn")
        .doesNotContain("200k");
  }

  @Test
  void linksToItsPartsAndShowsSamplesWithoutWhatMayBeSecret() {
    String html = html(SampleBatches.failed());

    assertThat(html)
        .contains("<a href=\"../dead-letter/x.csv\"><bdi>portraits.2026")
        .contains("<summary>SERVER_ERROR: the first 10 of 260 dead letters</summary>")
        .contains("<summary>IN_DOUBT: 3 dead letters</summary>")
        .contains("/many/folders/portrait.jpg?…")
        .contains("<dt>facedrop.api.rate</dt><dd>2/s</dd>")
        .contains("complete, no row succeeded")
        .doesNotContain("5ec4e7");
    assertThat(html(SampleBatches.hostile())).doesNotContain("s3cret");
  }

  @Test
  void warnsThatADetectIdIsValidForAnHour() {
    assertThat(html(SampleBatches.small()))
        .contains("valid for one hour")
        .contains("facedrop_detect_id_expires_at");
    assertThat(html(SampleBatches.invalid())).doesNotContain("valid for one hour");
  }

  @Test
  void keepsHostileWordsText() {
    String html = html(SampleBatches.hostile());
    assertThat(html)
        .doesNotContain("<script", "<img", "\u0000", "\u0007", "\u202E")
        .contains("&lt;script&gt;alert(2)&lt;/script&gt;")
        .contains("&lt;/title&gt;")
        .contains("{{x}}{{{y}}}");
    assertThat(html.split("</title>", -1)[0]).contains("<title>20261122T095841Z-5eed1e55");
    Matcher tag = TAG.matcher(html.substring(html.indexOf("<body>")));
    while (tag.find()) {
      assertThat(tag.group(2)).matches(ATTRIBUTES);
      assertThat(tag.group(2)).doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asksTheNetworkForFacesOnly(boolean contactSheet) {
    SampleBatch batch = SampleBatches.small();
    if (contactSheet) {
      batch.contactSheet.add(new Face(2, "https://a.example/2", "0", "https://f.example/0?a&b"));
    }
    String html = html(batch);
    assertThat(html).contains("default-src 'none'; style-src 'unsafe-inline';");
    assertThat(html.contains("img-src https: http:;")).isEqualTo(contactSheet);
    assertThat(html.replace("at https://api.crun.ai</p>", "").contains("://"))
        .isEqualTo(contactSheet);
    assertThat(html.contains("<img src=\"https://f.example/0?a&amp;b\"")).isEqualTo(contactSheet);
    assertThat(html).doesNotContain("url(", "@import", "<script", "<link", "<iframe");
  }

  @Test
  void showsWhatNobodySees() {
    assertThat(HtmlTemplate.visible("a\u202Eb\u0000c\ud800d\u200B"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
    assertThat(HtmlTemplate.visible("\u0645\u06CC\u200C\u0634\n\ud83d\ude00"))
        .isEqualTo("\u0645\u06CC\u200C\u0634\n\ud83d\ude00");
  }

  private static String html(SampleBatch batch) {
    return new ReportPage(batch.report()).html();
  }

  private static String text(SampleBatch batch) {
    return html(batch).replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
  }
}
