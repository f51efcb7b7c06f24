package io.facedrop.sandbox;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Plays the tokens of a path: which canned answer is due, with which headers and how late. */
final class Script {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Catalogue catalogue;
  private final HttpStatusStyle style;
  private final Clock clock;

  /** How often a token of limited times was obeyed; other tokens leave no trace. */
  private final Map<String, Integer> obeyed = new ConcurrentHashMap<>();

  Script(Catalogue catalogue, HttpStatusStyle style, Clock clock) {
    this.catalogue = catalogue;
    this.style = style;
    this.clock = clock;
  }

  /** The first answer that is still due for the subject, or empty where the usual one is. */
  Optional<Reply> answer(List<Step> steps, String subject, String data) {
    for (Step step : steps) {
      if (step.entry().isAnswer() && isDue(step, subject)) {
        return Optional.of(render(step, data).with(headers(step, steps, subject)));
      }
    }
    return Optional.empty();
  }

  /** How late the answer is by the tokens alone, in milliseconds. */
  long delayMillis(List<Step> steps, String subject) {
    long delay = 0;
    for (Step step : steps) {
      if (step.delayMillis() > 0 && isDue(step, subject)) {
        delay += step.delayMillis();
      }
    }
    return delay;
  }

  private boolean isDue(Step step, String subject) {
    return step.times() == 0
        || obeyed.merge(step.word() + ' ' + subject, 1, Integer::sum) <= step.times();
  }

  private Reply render(Step step, String data) {
    Entry entry = step.entry();
    int code = entry.code() == null ? 0 : Integer.parseInt(step.fill(entry.code()));
    int status =
        entry.status() == null
            ? style.statusOf(code == 0 ? 200 : code)
            : Integer.parseInt(step.fill(entry.status()));
    return new Reply(
        status, code, entry.contentType(), body(step, data), Map.of(), entry.sending(), 0);
  }

  private Payload body(Step step, String data) {
    if (step.entry().text() == null) {
      return Payload.of("");
    }
    String message = catalogue.message(step.number());
    String text = step.fill(step.entry().text()).replace("{message}", message);
    String[] halves = text.split("\\{padding}", 2);
    return Payload.padded(
        halves[0].replace("{data}", data),
        halves.length == 1 ? 0 : step.padding(),
        halves.length == 1 ? "" : halves[1].replace("{data}", data));
  }

  private Map<String, String> headers(Step chosen, List<Step> steps, String subject) {
    Map<String, String> headers = new HashMap<>();
    fill(headers, chosen);
    for (Step step : steps) {
      if (!step.entry().isAnswer() && !step.entry().headers().isEmpty() && isDue(step, subject)) {
        fill(headers, step);
      }
    }
    return headers;
  }

  private void fill(Map<String, String> headers, Step step) {
    step.entry()
        .headers()
        .forEach(
            (name, value) -> headers.put(name, step.fill(value).replace("{date}", date(step))));
  }

  private String date(Step step) {
    return HTTP_DATE.format(clock.instant().plusSeconds(step.number()));
  }
}
