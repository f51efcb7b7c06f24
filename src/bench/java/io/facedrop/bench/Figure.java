package io.facedrop.bench;

/** What a scenario is measured by. */
enum Figure {
  /** By the timed part of a contender that got warm; by the whole process of facedrop. */
  TIMED("rows/s"),
  /** From the first request at the endpoint to its last answer. */
  WIRE("rows/s"),
  /** As {@code WIRE}, of processes that live on and are warm. */
  NODES("rows/s"),
  /** As {@code WIRE}, where rows are few. */
  GRANTED("rows/h"),
  /** Between the first and the last request at the endpoint. */
  PACE("requests/s"),
  /** From the start of the process to its end. */
  WALL("s"),
  /** From the start of the process after a kill to its first request. */
  RESTART("s"),
  /** Of one core. */
  CPU("% CPU");

  private final String unit;

  Figure(String unit) {
    this.unit = unit;
  }

  String unit() {
    return unit;
  }

  double of(int rows, double timedSeconds, double wallSeconds, Counts counts) {
    return switch (this) {
      case TIMED -> rows / timedSeconds;
      case WIRE, NODES -> rows / counts.seconds();
      case GRANTED -> 3_600 * rows / counts.seconds();
      case PACE -> (rows - 1) / counts.arrivalSeconds();
      case WALL -> wallSeconds;
      case RESTART, CPU -> throw new IllegalStateException("not measured by rows");
    };
  }
}
