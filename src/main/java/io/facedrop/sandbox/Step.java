package io.facedrop.sandbox;

/**
 * A token as it was found in a path.
 *
 * @param entry what the token means
 * @param word the token as written
 * @param number the number for {@code N}, 1 where it has none
 * @param second the number for {@code M}, 0 where it has none
 * @param times how many times it is obeyed, 0 for always
 * @param onResult whether it is for the query of the result
 */
record Step(Entry entry, String word, long number, long second, int times, boolean onResult) {

  long delayMillis() {
    return entry.delayMillis() * number;
  }

  long padding() {
    return entry.padding() * number;
  }

  /** The text with the numbers of this token in it. */
  String fill(String template) {
    return template.replace("{N}", Long.toString(number)).replace("{M}", Long.toString(second));
  }
}
