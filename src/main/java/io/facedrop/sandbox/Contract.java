package io.facedrop.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Decides on the answer to every request, as API.md has it. */
final class Contract {
  private static final int SEQUENCES = 2_000_000_000;

  private final Catalogue catalogue = Catalogue.shared();
  private final AtomicLong sequence = new AtomicLong();
  private final Clock clock;
  private final Duration taskDuration;
  private final Credits account;
  private final Journal journal;
  private final RateLimit limit;
  private final Chance chance;
  private final Envelope envelope;
  private final Script script;
  private final Reply overLimit;
  private volatile long latencyMillis;

  /** The tokens that hold for every request, before those of its own. */
  private volatile List<Step> orders = List.of();

  Contract(SandboxOptions options, Credits account, Journal journal) {
    this.account = account;
    this.journal = journal;
    clock = options.clock();
    taskDuration = options.taskDuration();
    limit = new RateLimit(options.requestsPerSecond());
    chance = new Chance(options.failureShare(), options.seed());
    envelope = new Envelope(options.httpStatus());
    script = new Script(catalogue, options.httpStatus(), clock);
    overLimit =
        envelope
            .failure(
                429,
                String.format(
                    Locale.ROOT, "Rate Limited: over %d a second", options.requestsPerSecond()))
            .with(Map.of("Retry-After", "1"));
    latencyMillis = options.latency().toMillis();
  }

  /**
   * Sets how late every answer is.
   *
   * @throws IllegalArgumentException where it is negative
   */
  void delay(Duration latency) {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency cannot be negative but is " + latency);
    }
    latencyMillis = latency.toMillis();
  }

  /**
   * Puts tokens, parted by slashes, in force for every request.
   *
   * @throws IllegalArgumentException where a word is no token
   */
  void order(String tokens) {
    for (String word : tokens.split("/")) {
      if (catalogue.steps(word).isEmpty()) {
        throw new IllegalArgumentException(
            "expected a token of Sandbox.tokens() but found '" + word + "'");
      }
    }
    orders = catalogue.steps(tokens);
  }

  void orderNothing() {
    orders = List.of();
  }

  /** The answer to a request that arrives now; also counts it. */
  Reply answer(Inquiry inquiry) {
    long nanos = System.nanoTime();
    journal.count(inquiry.endpoint());
    Reply answer = decide(inquiry, nanos);
    if (journal.isKept()) {
      journal.record(inquiry, arrival(inquiry, nanos, answer.journalled()), answer);
    }
    return answer.later(latencyMillis);
  }

  private Arrival arrival(Inquiry inquiry, long nanos, int code) {
    String imageUrl = inquiry.image() == null ? null : inquiry.image().imageUrl();
    Instant now = clock.instant();
    return new Arrival(
        now, nanos, inquiry.method(), inquiry.path(), imageUrl, inquiry.taskId(), code);
  }

  private Reply decide(Inquiry inquiry, long nanos) {
    Optional<Reply> ordered = orders.isEmpty() ? Optional.empty() : ordered(inquiry);
    if (ordered.isPresent()) {
      return ordered.get();
    }
    if (!inquiry.keyAccepted()) {
      return envelope.unauthorized();
    }
    if (!limit.admits(nanos)) {
      return overLimit;
    }
    return switch (inquiry.endpoint()) {
      case DETECT -> detect(inquiry.image());
      case RESULT -> result(inquiry.taskId());
      case BALANCE -> balance();
      case OTHER -> envelope.notFound();
    };
  }

  /** An answer in force for all comes first of all, as a gateway in front of the API would. */
  private Optional<Reply> ordered(Inquiry inquiry) {
    List<Step> steps = inquiry.endpoint() == Resource.DETECT ? onPost(orders) : orders;
    if (steps.stream().noneMatch(step -> step.entry().isAnswer())) {
      return Optional.empty();
    }
    String subject = inquiry.subject();
    return script
        .answer(steps, subject, usualData(inquiry))
        .map(answer -> answer.later(script.delayMillis(steps, subject)));
  }

  private String usualData(Inquiry inquiry) {
    return switch (inquiry.endpoint()) {
      case DETECT -> taskData(String.valueOf(inquiry.subject()), List.of());
      case RESULT -> task(inquiry.taskId()).map(task -> resultData(task, List.of())).orElse("{}");
      case BALANCE -> balanceData();
      case OTHER -> "{}";
    };
  }

  private Reply detect(ImageRequest image) {
    if (image.complaint() != null) {
      return envelope.failure(422, image.complaint());
    }
    if (account.isEmpty()) {
      return envelope.outOfCredits();
    }
    List<Step> steps = joined(orders, catalogue.steps(image.path()));
    String data = taskData(image.imageUrl(), steps);
    if (steps.isEmpty()) {
      return paid(posted(data));
    }
    List<Step> onPost = onPost(steps);
    Reply answer = script.answer(onPost, image.imageUrl(), data).orElseGet(() -> posted(data));
    return paid(answer).later(script.delayMillis(onPost, image.imageUrl()));
  }

  private Reply posted(String data) {
    return chance.strikes() ? envelope.failed() : envelope.success(data);
  }

  private Reply paid(Reply answer) {
    boolean isSuccess = answer.code() == 200 && answer.journalled() == 200;
    return isSuccess && !account.pay() ? envelope.outOfCredits() : answer;
  }

  private Reply result(String taskId) {
    if (taskId == null) {
      return envelope.failure(422, "Validation Error: expected the parameter detect_task_id");
    }
    return task(taskId).map(task -> result(task, taskId)).orElseGet(envelope::notFound);
  }

  private Reply result(DetectionTask task, String taskId) {
    List<Step> steps = joined(orders, catalogue.steps(task.tokens()));
    String data = resultData(task, steps);
    return script
        .answer(steps, taskId, data)
        .orElseGet(() -> envelope.success(data))
        .later(script.delayMillis(steps, taskId));
  }

  private Reply balance() {
    return envelope.success(balanceData()).later(script.delayMillis(orders, "balance"));
  }

  private String balanceData() {
    return "{\"balance\":" + account.balance() + "}";
  }

  private String taskData(String imageUrl, List<Step> steps) {
    return "{\"detect_task_id\":\"" + newTask(imageUrl, steps).id() + "\"}";
  }

  private DetectionTask newTask(String imageUrl, List<Step> steps) {
    int faces = 1 + Math.floorMod(imageUrl.hashCode(), 3);
    for (Step step : steps) {
      if (step.entry().constantTaskId()) {
        return DetectionTask.CONSTANT;
      }
      faces =
          step.entry().faces() ? (int) Math.min(step.number(), DetectionTask.MOST_FACES) : faces;
    }
    String kept =
        steps.stream().filter(Step::onResult).map(Step::word).collect(Collectors.joining("."));
    long number = sequence.getAndIncrement() % SEQUENCES;
    return new DetectionTask(clock.millis(), number, faces, kept);
  }

  private String resultData(DetectionTask task, List<Step> steps) {
    List<String> statuses =
        steps.stream()
            .map(step -> step.entry().statuses())
            .filter(words -> !words.isEmpty())
            .findFirst()
            .orElse(DetectionTask.USUAL_STATUSES);
    return task.data(clock.millis(), taskDuration, statuses);
  }

  private static Optional<DetectionTask> task(String taskId) {
    return taskId == null ? Optional.empty() : DetectionTask.parse(taskId);
  }

  private static List<Step> onPost(List<Step> steps) {
    return steps.stream().filter(step -> !step.onResult()).toList();
  }

  private static List<Step> joined(List<Step> first, List<Step> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<Step> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
