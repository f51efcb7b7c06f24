package io.facedrop.manifest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How manifests are read.
 *
 * @param columns names of the column or key that holds the URL, matched trimmed and without case;
 *     the first of them that is there
 * @param charset of a text that begins with no byte order mark
 */
public record ManifestRules(List<String> columns, Charset charset, ManifestLimits limits) {
  private static final String KEY = "facedrop.manifest.column";

  /**
   * @param columns at least one
   */
  public ManifestRules {
    columns = List.copyOf(columns);
  }

  /** UTF-8, within the default limits. */
  public static ManifestRules of(String... columns) {
    return new ManifestRules(List.of(columns), StandardCharsets.UTF_8, ManifestLimits.DEFAULT);
  }

  /** The same within other limits. */
  public ManifestRules within(ManifestLimits other) {
    return new ManifestRules(columns, charset, other);
  }

  /** Whether a text without a byte order mark is UTF-8. */
  public boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /** The name for the URL's column where a manifest has no names. */
  public String firstColumn() {
    return columns.get(0).strip();
  }

  /** Which of the columns is among these names; as {@link Column#plain}. */
  public Optional<String> columnAmong(Collection<String> names) {
    Set<String> there = names.stream().map(Column::plain).collect(Collectors.toSet());
    return columns.stream().map(Column::plain).filter(there::contains).findFirst();
  }

  /**
   * @param found the names that are there instead
   */
  public ManifestRejectedException noColumn(String found, long line) {
    return new ManifestRejectedException(
        "NO_IMAGE_URL_COLUMN",
        "no column for the URL",
        String.join(" or ", columns) + " (" + KEY + " can name another)",
        found,
        line);
  }

  /**
   * Where the header should be is data.
   *
   * @param found in its place
   */
  public ManifestRejectedException noHeader(String found, long line) {
    return new ManifestRejectedException(
        "NO_IMAGE_URL_COLUMN",
        "no header",
        "a first line that names the columns, among them "
            + String.join(" or ", columns)
            + "; or a name that ends in .txt, if each line is one URL",
        found,
        line);
  }

  /** More than one is the URL's. */
  public ManifestRejectedException ambiguousColumn(String column, String found, long line) {
    return new ManifestRejectedException(
        "DUPLICATE_COLUMN",
        "more than one column named " + column,
        "one (" + KEY + " says which)",
        found,
        line);
  }
}
