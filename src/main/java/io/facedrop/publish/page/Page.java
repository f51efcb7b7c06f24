package io.facedrop.publish.page;

import java.util.List;

/** What the template {@code report.html} says, in the words and coordinates that it says it in. */
record Page(
    String batch,
    Manifest manifest,
    String state,
    String stateKind,
    String acceptedAt,
    String completedAt,
    String cancelledAt,
    String elapsed,
    String manifestSha256,
    String api,
    boolean sandbox,
    Sum sum,
    List<Tile> tiles,
    List<Share> shares,
    List<Reason> reasons,
    boolean hasReasons,
    List<Samples> samples,
    Timing timing,
    Cost cost,
    Parts parts,
    Happened happened,
    List<Setting> settings,
    Sheet sheet) {

  /** Where the rows came from; the size is {@code long} for what needs smaller letters. */
  record Manifest(String folder, String name, String size) {}

  /** The rows, adding up. */
  record Sum(String rows, String rowsWord, String succeeded, String dead, String deadWord) {}

  /** A figure at a glance. */
  record Tile(String label, String value, String note) {}

  /** A piece of a bar. */
  record Share(String kind, String label, long weight, String percent) {}

  /** A line of the table of outcomes. */
  record Reason(
      String kind,
      String word,
      String code,
      String meaning,
      String rows,
      String percent,
      String width) {}

  /** The first dead letters of a reason. */
  record Samples(String reason, String count, List<Sample> list) {}

  /** One of them. */
  record Sample(String line, String url, String message) {}

  /** A setting as it is written. */
  record Setting(String key, String value) {}

  /** The time line. */
  record Timing(
      boolean shown,
      String span,
      String slot,
      List<Plot> plots,
      List<Took> tooks,
      List<Line> lines) {}

  /** How long one kind of thing took. */
  record Took(String kind, String count, String median, String most) {}

  /** The numbers of one slot. */
  record Line(
      String from,
      String posts,
      String gets,
      String again,
      String succeeded,
      String dead,
      String post,
      String get,
      String faces) {}

  /** Requests made against rows, and what was paid. */
  record Cost(
      String rows,
      String requests,
      String posts,
      String gets,
      String unrecorded,
      boolean hasUnrecorded,
      String perRow,
      String attempts,
      String retried,
      List<Share> charged,
      String twice,
      boolean hasTwice,
      String inDoubt,
      boolean hasInDoubt,
      String adopted,
      String adoptedCount,
      boolean hasAdopted,
      String shared,
      String sharedWords,
      String sharedCount,
      boolean hasShared) {}

  /** The files with the rows. */
  record Parts(boolean present, List<Part> list, boolean hasSuccesses, boolean hasDeadLetters) {}

  /** One of them; {@code link} is empty where there is none to be followed. */
  record Part(
      String kind,
      String output,
      String file,
      String link,
      String rows,
      String sha256,
      String at) {}

  /** What happened to the gate. */
  record Happened(boolean present, String count, List<Occurrence> list) {}

  /** One such event; {@code lasted} is empty for what only took a moment. */
  record Occurrence(String at, String kind, String lasted, String detail) {}

  /** The first faces. */
  record Sheet(boolean present, String count, List<Photo> photos) {}

  /** One of them; {@code image} is empty where there is none to be followed. */
  record Photo(String link, String label, boolean hasImage, String image) {}
}
