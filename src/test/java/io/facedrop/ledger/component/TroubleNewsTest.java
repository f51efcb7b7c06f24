package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Publication.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TroubleNewsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final TroubleNews news = new TroubleNews(nanos::get);

  @Test
  void theSameTroubleIsNewsOnceInFiveMinutes() {
    assertThat(news.isNews(Kind.SUCCESS, "no host")).isTrue();
    pass(Duration.ofSeconds(299));
    assertThat(news.isNews(Kind.SUCCESS, "no host")).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(news.isNews(Kind.SUCCESS, "no host")).isTrue();
    assertThat(news.isNews(Kind.SUCCESS, "no host")).isFalse();
  }

  @Test
  void twoTroublesThatTakeTurnsAreNewsOnceEach() {
    assertThat(news.isNews(Kind.SUCCESS, "pa is a file")).isTrue();
    assertThat(news.isNews(Kind.SUCCESS, "pb is a file")).isTrue();
    assertThat(news.isNews(Kind.SUCCESS, "pa is a file")).isFalse();
    assertThat(news.isNews(Kind.SUCCESS, "pb is a file")).isFalse();
    assertThat(news.isNews(Kind.REPORT, "pa is a file")).isTrue();
  }

  @Test
  void theEndIsNewsOnceAndMakesTheNextTroubleNew() {
    assertThat(news.ended(Kind.SUCCESS)).isFalse();
    news.isNews(Kind.SUCCESS, "no host");
    assertThat(news.ended(Kind.REPORT)).isFalse();
    assertThat(news.ended(Kind.SUCCESS)).isTrue();
    assertThat(news.ended(Kind.SUCCESS)).isFalse();
    assertThat(news.isNews(Kind.SUCCESS, "no host")).isTrue();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
