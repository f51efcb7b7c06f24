package io.facedrop.api.answer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stage that rows pass: one kind of task, with the create that is paid for, the queries for its
 * result, what their answers bring, and what it costs.
 *
 * <p>A row is at one stage at a time, and the ledger keeps at which. The stages stand in their
 * order. What differs between stages elsewhere is asked by a {@code switch} without a default, so
 * the compiler names each place that a further stage needs.
 */
public enum Stage {
  /** The faces of an image are detected. */
  DETECT("detect", "/job/detect-face-image", 1);

  /** From the last to the first: a row that is further on has cost more, and its results expire. */
  public static final List<Stage> LAST_FIRST =
      Arrays.stream(values()).sorted(Comparator.reverseOrder()).toList();

  private static final Map<String, Stage> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Stage::word, Function.identity()));

  private final String word;
  private final String createPath;
  private final int credits;

  Stage(String word, String createPath, int credits) {
    this.word = word;
    this.createPath = createPath;
    this.credits = credits;
  }

  /** The stage at which a row begins. */
  public static Stage first() {
    return values()[0];
  }

  /** The stage of this name, as routes and the ledger have it. */
  public static Stage of(String word) {
    Stage stage = BY_WORD.get(word);
    if (stage == null) {
      throw new IllegalArgumentException(
          "expected one of the stages " + BY_WORD.keySet() + " but found " + word);
    }
    return stage;
  }

  /** As routes and the ledger have it. */
  public String word() {
    return word;
  }

  /** What a task costs that was created, in credits; queries are free. */
  public int credits() {
    return credits;
  }

  /** Whether a POST to this path creates a task of the stage. */
  public boolean isCreatedAt(String path) {
    return path.endsWith(createPath);
  }

  /** Whether a POST to this path creates a task of any stage. */
  public static boolean isAnyCreatedAt(String path) {
    return Arrays.stream(values()).anyMatch(stage -> stage.isCreatedAt(path));
  }

  /** The id of the task that the answer to a create brought; null for none. */
  public String task(Answer answer) {
    return switch (this) {
      case DETECT -> answer.detectTaskId();
    };
  }

  /** Whether the answer to a query brought the result of the task. */
  public boolean hasResult(Answer answer) {
    return switch (this) {
      case DETECT -> answer.detection() != null;
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
