package io.facedrop.manifest.csv;

import io.facedrop.manifest.Column;
import io.facedrop.manifest.Excerpt;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.input.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A CSV manifest's header, read with the delimiter under which its URL column appears. */
public record CsvHeader(char delimiter, List<String> names, List<Column> columns, long line) {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');
  private static final List<Character> OTHER_DELIMITERS = List.of('|', '^', '~', '*', ':', ' ');

  /** Every URL has the one, and a line {@code sep=} cannot name the other. */
  private static final List<Character> NEVER = List.of(':', ' ');

  /**
   * Obeys a first line {@code sep=}. Else it tries each delimiter and keeps the one with the URL
   * column, of several the one with most columns, of equals the first.
   *
   * @throws ManifestRejectedException {@code NO_IMAGE_URL_COLUMN}, {@code DUPLICATE_COLUMN}, {@code
   *     TOO_MANY_COLUMNS}, or what the text is rejected for
   */
  public static CsvHeader find(Path file, boolean gzip, ManifestRules rules) throws IOException {
    Optional<Character> told;
    try (Source source = Source.open(file, gzip, rules)) {
      told = SeparatorLine.in(source.text());
    }
    CsvHeader widest = null;
    ManifestRejectedException fault = null;
    for (char delimiter : told.map(List::of).orElse(DELIMITERS)) {
      try (Source source = Source.open(file, gzip, rules)) {
        CsvHeader header = read(source, delimiter, told.isPresent(), rules);
        widest = widest == null || header.beats(widest) ? header : widest;
      } catch (ManifestRejectedException e) {
        fault = fault == null ? e : fault;
      }
    }
    return accepted(widest, fault, rules);
  }

  private static CsvHeader accepted(
      CsvHeader widest, ManifestRejectedException fault, ManifestRules rules)
      throws ManifestRejectedException {
    if (widest != null && widest.urls() == 1) {
      return widest;
    }
    // Under a wrong delimiter even a broken header may read as a single odd name.
    if (fault != null && (widest == null || widest.names.size() < 2)) {
      throw fault;
    }
    throw widest.urls() > 1 ? widest.ambiguous(rules) : widest.missing(rules);
  }

  private static CsvHeader read(
      Source source, char delimiter, boolean behindSeparator, ManifestRules rules)
      throws IOException {
    Names handler = new Names(rules.limits());
    CsvRecords<List<String>> records =
        new CsvRecords<>(source.text(), delimiter, rules.limits(), handler);
    if (behindSeparator) {
      records.next();
    }
    List<String> names = records.next();
    if (names == null) {
      return new CsvHeader(delimiter, List.of(), List.of(), 0);
    }
    if (names.stream().anyMatch(CsvHeader::holdsLoneCarriageReturn)) {
      throw loneCarriageReturn(handler.line());
    }
    String column = rules.columnAmong(names).orElse(Column.plain(rules.firstColumn()));
    List<Column> columns = names.stream().map(name -> Column.of(name, column)).toList();
    return new CsvHeader(delimiter, names, columns, handler.line());
  }

  /** A file of an old Mac is one long header, and would pass for a manifest without rows. */
  private static boolean holdsLoneCarriageReturn(String name) {
    return name.replace("\r\n", "").indexOf('\r') >= 0;
  }

  private static ManifestRejectedException loneCarriageReturn(long line) {
    return new ManifestRejectedException(
        "MALFORMED_CSV",
        "lines that do not end",
        "lines that end with LF or CRLF",
        "CR alone in the header",
        line);
  }

  private boolean beats(CsvHeader other) {
    boolean found = urls() > 0;
    return found == other.urls() > 0 ? names.size() > other.names.size() : found;
  }

  private long urls() {
    return columns.stream().filter(Column.IMAGE_URL::equals).count();
  }

  private ManifestRejectedException missing(ManifestRules rules) {
    String found = Excerpt.of(String.join(", ", names));
    if (names.stream().anyMatch(name -> name.contains("://"))) {
      return rules.noHeader(found, line);
    }
    if (names.size() == 1) {
      Optional<Character> other = otherDelimiter(rules);
      if (other.isPresent()) {
        return otherDelimiter(other.get(), found);
      }
    }
    return rules.noColumn(names.isEmpty() ? "no header" : found, line);
  }

  /** The sign that makes columns of the only name, one of them the URL's. */
  private Optional<Character> otherDelimiter(ManifestRules rules) {
    return OTHER_DELIMITERS.stream()
        .filter(
            sign ->
                rules
                    .columnAmong(List.of(names.get(0).split(Pattern.quote(sign.toString()))))
                    .isPresent())
        .findFirst();
  }

  private ManifestRejectedException otherDelimiter(char sign, String found) {
    return new ManifestRejectedException(
        "NO_IMAGE_URL_COLUMN",
        "another delimiter",
        "a comma, a semicolon or a tab between the columns"
            + (NEVER.contains(sign) ? "" : "; or a first line sep=" + sign + " that names another"),
        found,
        line);
  }

  private ManifestRejectedException ambiguous(ManifestRules rules) {
    return rules.ambiguousColumn(
        names.get(columns.indexOf(Column.IMAGE_URL)).strip(), Long.toString(urls()), line);
  }

  /**
   * @param marked whether outputs begin with a byte order mark
   */
  Layout layout(boolean marked) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      Column column = columns.get(i);
      if (column == Column.OWN || column == Column.IMAGE_URL) {
        // The first name may be empty, so the number of columns cannot be told from the text.
        text.append(delimiter);
        CsvCell.append(text, delimiter, names.get(i));
      }
    }
    return new Layout(Format.CSV, delimiter, Layout.marked(marked, text.substring(1)));
  }

  /** Collects the names of the first record. */
  private static final class Names extends CsvRecordHandler<List<String>> {

    private final int most;
    private final ManifestLimits limits;
    private final List<String> names = new ArrayList<>();

    Names(ManifestLimits limits) {
      this.limits = limits;
      this.most = limits.mostColumns();
    }

    @Override
    void cell(int index, char[] buffer, int offset, int length) {
      if (index == 0) {
        names.clear();
      }
      if (index < most + Column.MOST_OURS) {
        names.add(new String(buffer, offset, length));
      }
    }

    @Override
    boolean isOurs(int index, char[] buffer, int offset, int length) {
      return Column.isOurs(buffer, offset, length);
    }

    @Override
    List<String> complete(int cells) throws ManifestRejectedException {
      long own = cells - names.stream().filter(Column::isOurs).count();
      if (own > most || cells > most + Column.MOST_OURS) {
        throw limits.tooManyColumns(Long.toString(own), line());
      }
      return List.copyOf(names);
    }
  }
}
