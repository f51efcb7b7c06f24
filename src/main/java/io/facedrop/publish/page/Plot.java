package io.facedrop.publish.page;

import java.util.List;

/**
 * A plot over a batch's time, drawn for several widths.
 *
 * @param unit of the values
 * @param summary for those who do not see it
 */
record Plot(String title, String unit, String summary, List<Key> legend, List<Drawing> drawings) {
  /** What a colour stands for. */
  record Key(String kind, String label) {}
}
