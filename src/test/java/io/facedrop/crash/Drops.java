package io.facedrop.crash;

import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The manifests that are dropped, and what stands in which line of which. */
final class Drops {
  /** What the images ask for, by its share in a hundred; the rest succeed. */
  private static final Map<String, Integer> MIX = mix();

  private static final Map<String, String> REASONS =
      Map.of(
          "/code-422/", "VALIDATION_ERROR",
          "/code-501/", "GENERATION_FAILED",
          "/code-404/", "NOT_FOUND",
          "/status-failed/", "DETECTION_FAILED",
          "no URL", "INVALID_URL");

  private final String name;
  private final Path inbox;
  private final int rows;
  private final int repeats;
  private final Random random;
  private final Map<String, Map<Long, String>> urls = new LinkedHashMap<>();
  private final Map<String, String> digests = new LinkedHashMap<>();

  /**
   * @param name what all URLs bear, so that nobody else's are the same
   * @param repeats how many rows in a hundred bear the URL of one before them
   */
  Drops(String name, Path inbox, int rows, int repeats, Random random) {
    this.name = name;
    this.inbox = inbox;
    this.rows = rows;
    this.repeats = repeats;
    this.random = random;
  }

  private static Map<String, Integer> mix() {
    Map<String, Integer> mix = new LinkedHashMap<>();
    mix.put("code-422", 4);
    mix.put("code-501", 3);
    mix.put("code-404", 2);
    mix.put("code-500-once", 5);
    mix.put("status-failed", 4);
    mix.put("faces-0", 5);
    mix.put("result-code-500-once", 4);
    mix.put("invalid", 3);
    return mix;
  }

  /** Manifest by stem: its URLs by line. */
  Map<String, Map<Long, String>> urls() {
    return urls;
  }

  /** Manifest by stem: the SHA-256 of its content. */
  Map<String, String> digests() {
    return digests;
  }

  /** The reason for which an image ends as a dead letter; empty for a success. */
  static String reason(String url) {
    return REASONS.entrySet().stream()
        .filter(asked -> url.contains(asked.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Every manifest that is still where it was dropped. */
  List<Path> files() {
    return Tree.files(inbox).stream().filter(file -> file.toString().endsWith(".csv")).toList();
  }

  /** Drops one more, whole, with its done file. */
  void next() {
    String stem = "m%03d".formatted(urls.size());
    List<String> lines = new ArrayList<>(List.of("n,image_url,note"));
    Map<Long, String> byLine = new LinkedHashMap<>();
    for (int n = 0; n < rows; n++) {
      String url = random.nextInt(100) < repeats ? repeated(byLine, stem, n) : url(stem, n);
      lines.add("%d,%s,\"kept, %d\"".formatted(n, url, n));
      byLine.put(n + 2L, url);
    }
    urls.put(stem, byLine);
    Path folder = urls.size() % 4 == 0 ? inbox.resolve("partner") : inbox;
    try {
      Files.createDirectories(folder);
      Path manifest = Files.write(folder.resolve(stem + ".csv"), lines);
      digests.put(stem, Observer.sha256(manifest));
      Files.createFile(folder.resolve(stem + ".csv.done"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String repeated(Map<Long, String> byLine, String stem, int n) {
    List<String> before = byLine.values().stream().filter(url -> url.startsWith("http")).toList();
    return before.isEmpty() ? url(stem, n) : before.get(random.nextInt(before.size()));
  }

  private String url(String stem, int n) {
    String token = token();
    return token.equals("invalid")
        ? "no URL " + stem + n
        : "https://images.example.com/%s/%s/%s-%d.jpg".formatted(token, name, stem, n);
  }

  private String token() {
    int dice = random.nextInt(100);
    for (Map.Entry<String, Integer> share : MIX.entrySet()) {
      dice -= share.getValue();
      if (dice < 0) {
        return share.getKey();
      }
    }
    return "ok";
  }
}
