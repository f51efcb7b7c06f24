package io.facedrop.manifest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.facedrop.manifest.Column;
import io.facedrop.manifest.Excerpt;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a row of each JSON object, by slices of its source so that values keep their exact form.
 */
final class JsonObjects {

  private static final int DEEPEST_NESTING = 100;

  private final JsonFactory factory;
  private final ManifestRules rules;
  private final ManifestLimits limits;
  private String column;

  JsonObjects(ManifestRules rules) {
    this.rules = rules;
    this.limits = rules.limits();
    this.factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Keys come from strangers: interning them would fill the JVM's table for good.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(constraints(limits.longestLine()))
            .build();
  }

  // A line is bounded already, and no number is ever evaluated.
  private static StreamReadConstraints constraints(int longestLine) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(DEEPEST_NESTING)
        .maxNumberLength(longestLine)
        .maxNameLength(longestLine)
        .maxStringLength(longestLine)
        .build();
  }

  Row row(char[] source, int length, long line) throws ManifestRejectedException, IOException {
    if (column == null) {
      column = column(source, length, line);
    }
    try (JsonParser parser = factory.createParser(source, 0, length)) {
      return row(parser, source, length, line);
    }
  }

  private Row row(JsonParser parser, char[] source, int length, long line) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw JsonFault.noObject(first, line);
      }
      JsonRow row = members(parser, source, length, line);
      if (parser.nextToken() != null) {
        throw JsonFault.moreBehind(line);
      }
      return row.complete(column, line);
    } catch (JsonProcessingException e) {
      throw JsonFault.of(e, parser, new String(source, 0, length), line);
    }
  }

  /** Which of the columns the first object has; it holds for all. */
  private String column(char[] source, int length, long line) throws IOException {
    List<String> keys = new ArrayList<>();
    try (JsonParser parser = factory.createParser(source, 0, length)) {
      // Whoever reads the row says what is wrong with one that is no object.
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return isObject ? found(keys, line) : Column.plain(rules.firstColumn());
    } catch (JsonProcessingException malformed) {
      return Column.plain(rules.firstColumn());
    }
  }

  private String found(List<String> keys, long line) throws ManifestRejectedException {
    return rules
        .columnAmong(keys)
        .orElseThrow(() -> rules.noColumn(Excerpt.of(String.join(", ", keys)), line));
  }

  private JsonRow members(JsonParser parser, char[] source, int length, long line)
      throws IOException {
    JsonRow row = new JsonRow(source, start(parser));
    int members = 0;
    int ours = 0;
    int added = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isOurs = Column.isOurs(parser.currentName());
      ours += isOurs ? 1 : 0;
      members++;
      if (members - ours > limits.mostColumns() || ours > Column.MOST_OURS) {
        throw limits.tooManyColumns("more", line);
      }
      int keyStart = start(parser);
      Column role = Column.of(parser.currentName(), column);
      JsonToken token = parser.nextToken();
      int valueStart = start(parser);
      String text = textOf(role, token, parser);
      parser.skipChildren();
      parser.finishToken();
      int end = Math.toIntExact(parser.currentLocation().getCharOffset());
      if (role == Column.IMAGE_URL && row.hasImageUrl()) {
        throw rules.ambiguousColumn(column, "another", line);
      }
      row.member(role, keyStart, valueStart, end, text);
      // With the comma or the brace before it.
      added += isOurs ? end - keyStart + 1 : 0;
    }
    limits.require(length - added, ours, line);
    return row;
  }

  private static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
  }

  /** The decoded value of a string that a row needs, the empty string for null, else null. */
  private static String textOf(Column role, JsonToken token, JsonParser parser) throws IOException {
    if (role == Column.OWN || role == Column.DROPPED) {
      return null;
    }
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> "";
      default -> null;
    };
  }
}
