package io.facedrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tokens of {@code answers.json}, and how to find them in a path. */
final class Catalogue {
  private static final Catalogue SHARED = read("answers.json");

  private final Map<String, String> messages;
  private final List<Entry> entries;
  private final List<Rule> rules;
  private final List<Entry> prefixes;
  private final List<Entry> suffixes;
  private final Set<String> heads;

  private Catalogue(Book book) {
    messages = book.messages();
    entries = book.tokens();
    rules = entries.stream().filter(entry -> !entry.isModifier()).map(Rule::of).toList();
    prefixes = entries.stream().filter(entry -> entry.prefix() != null).toList();
    suffixes = entries.stream().filter(entry -> entry.suffix() != null).toList();
    heads = rules.stream().map(rule -> head(rule.entry().token())).collect(Collectors.toSet());
  }

  static Catalogue shared() {
    return SHARED;
  }

  List<Token> tokens() {
    return entries.stream().map(entry -> new Token(entry.token(), entry.description())).toList();
  }

  /** The name of a code, such as {@code Rate Limited}. */
  String message(long code) {
    return messages.getOrDefault(Long.toString(code), "Unknown");
  }

  /** The tokens in a path, in their order. */
  List<Step> steps(String path) {
    List<Step> found = List.of();
    StringTokenizer words = new StringTokenizer(path, "/.,");
    while (words.hasMoreTokens()) {
      Step step = step(words.nextToken());
      if (step != null) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(step);
      }
    }
    return found;
  }

  private Step step(String word) {
    Optional<Entry> prefix = first(prefixes, entry -> word.startsWith(entry.prefix()));
    String bare = word.substring(prefix.map(entry -> entry.prefix().length()).orElse(0));
    // Nearly all words of nearly all paths end here, at the price of one look-up.
    if (!heads.contains(head(bare))) {
      return null;
    }
    Optional<Entry> suffix = first(suffixes, entry -> bare.endsWith(entry.suffix()));
    int end = bare.length() - suffix.map(entry -> entry.suffix().length()).orElse(0);
    int times = suffix.map(Entry::times).orElse(0);
    String name = bare.substring(0, end);
    return rules.stream()
        .map(rule -> rule.match(name, word, times, prefix.isPresent()))
        .filter(step -> step != null)
        .findFirst()
        .orElse(null);
  }

  private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> wanted) {
    for (Entry entry : entries) {
      if (wanted.test(entry)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private static String head(String word) {
    int end = word.indexOf('-');
    return end < 0 ? word : word.substring(0, end);
  }

  private static Catalogue read(String resource) {
    try (InputStream data = Catalogue.class.getResourceAsStream(resource)) {
      return new Catalogue(new ObjectMapper().readValue(data, Book.class));
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(resource + " is malformed", malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource + " cannot be read", unreadable);
    }
  }

  private record Book(List<String> about, Map<String, String> messages, List<Entry> tokens) {}

  private record Rule(Pattern pattern, Entry entry) {
    static Rule of(Entry entry) {
      String digits = entry.token().replace("NNN", "([1-9]\\d\\d)").replace("N", "(\\d{1,9})");
      return new Rule(Pattern.compile(digits), entry);
    }

    Step match(String name, String word, int times, boolean prefixed) {
      Matcher matcher = pattern.matcher(name);
      if (!matcher.matches()) {
        return null;
      }
      long number = number(matcher, 1, 1);
      // An informational status is no answer: HTTP has another follow it.
      if ("{N}".equals(entry.status()) && number < 200) {
        return null;
      }
      boolean onResult = prefixed || !entry.statuses().isEmpty();
      return new Step(entry, word, number, number(matcher, 2, 0), times, onResult);
    }

    private static long number(Matcher matcher, int group, long otherwise) {
      return matcher.groupCount() < group ? otherwise : Long.parseLong(matcher.group(group));
    }
  }
}
