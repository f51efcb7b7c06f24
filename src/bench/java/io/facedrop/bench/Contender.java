package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that does the job. */
interface Contender {
  String name();

  /** The part of the rows of a throughput run that it gets, so that a round has an end. */
  double share();

  /** Whether it works a first manifest, untimed, in the same process. */
  boolean getsWarm();

  /** What failed because this machine has not what it needs; empty if it has. */
  String missing();

  /** Makes once what its runs need; it may use the folder and the endpoint. */
  default void prepare(Assignment assignment) throws IOException, InterruptedException {}

  /** Makes the folder ready and says what to start there. */
  List<String> command(Assignment assignment) throws IOException;

  /** Files or folders of files that hold what succeeded. */
  Path successes(Path folder);

  Path deadLetters(Path folder);

  /** The timed part of a run, of which the process said {@code said}. */
  double timedSeconds(String said, double wallSeconds);
}
