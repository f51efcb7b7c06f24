package io.facedrop.nodes;

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

/**
 * The manifests of an episode, dropped one after another while it goes on. Some are dropped under
 * two names at once, of which one is to be rejected.
 */
final class Load {
  private static final int MANIFESTS = 12;

  /** Every so many manifests. */
  private static final int TWINS = 5;

  /** What the images ask for, by its share in a thousand; the rest succeed. */
  private static final Map<String, Integer> MIX = mix();

  private static final Map<String, String> REASONS =
      Map.of(
          "/code-422/", "VALIDATION_ERROR",
          "/code-501/", "GENERATION_FAILED",
          "/code-404/", "NOT_FOUND",
          "/status-failed/", "DETECTION_FAILED",
          "no URL", "INVALID_URL");

  /**
   * A manifest.
   *
   * @param names under which it is dropped, without an ending
   * @param from how many tasks must have been asked for before it is dropped
   * @param urls by line
   */
  record Manifest(List<String> names, int from, Map<Long, String> urls) {}

  private final Path inbox;
  private final List<Manifest> manifests = new ArrayList<>();
  private int dropped;

  /**
   * @param name what all URLs bear, so that nobody else's are the same
   */
  Load(String name, Path inbox, int rows, Random random) {
    this.inbox = inbox;
    int before = 0;
    for (int i = 0; i < MANIFESTS; i++) {
      int size = i + 1 < MANIFESTS ? size(rows, random) : rows - before;
      int ahead = rows / 5 + random.nextInt(rows / 5);
      manifests.add(
          new Manifest(names(i), Math.max(0, before - ahead), urls(name, i, size, random)));
      before += size;
    }
  }

  private static int size(int rows, Random random) {
    int usual = rows / MANIFESTS;
    return usual / 2 + random.nextInt(usual);
  }

  private static List<String> names(int number) {
    String name = "m%02d".formatted(number);
    return number % TWINS == TWINS - 1 ? List.of(name, name + "-twin") : List.of(name);
  }

  private static Map<Long, String> urls(String name, int number, int size, Random random) {
    Map<Long, String> urls = new LinkedHashMap<>();
    for (int n = 0; n < size; n++) {
      String word = word(random);
      urls.put(
          n + 2L,
          word.equals("invalid")
              ? "no URL %s %d %d".formatted(name, number, n)
              : "https://images.example.com/%s/%s/%d-%d.jpg".formatted(word, name, number, n));
    }
    return urls;
  }

  private static String word(Random random) {
    int dice = random.nextInt(1000);
    for (Map.Entry<String, Integer> share : MIX.entrySet()) {
      dice -= share.getValue();
      if (dice < 0) {
        return share.getKey();
      }
    }
    return "ok";
  }

  private static Map<String, Integer> mix() {
    Map<String, Integer> mix = new LinkedHashMap<>();
    mix.put("code-422", 30);
    mix.put("code-501", 20);
    mix.put("code-404", 10);
    mix.put("code-500-once", 40);
    mix.put("code-429-once", 1);
    mix.put("status-failed", 30);
    mix.put("faces-0", 50);
    mix.put("invalid", 20);
    return mix;
  }

  /** What the API answers to whoever wants a task for an image. */
  static int codeOf(String url, boolean again) {
    int word = url.indexOf("/code-");
    if (word < 0 || again && url.contains("-once/")) {
      return 200;
    }
    return Integer.parseInt(url.substring(word + 6, word + 9));
  }

  /** The reason for which an image ends as a dead letter; empty for a success. */
  static String reason(String url) {
    return REASONS.entrySet().stream()
        .filter(asked -> url.contains(asked.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  List<Manifest> manifests() {
    return manifests;
  }

  int twins() {
    return (int) manifests.stream().filter(manifest -> manifest.names().size() > 1).count();
  }

  boolean isDropped() {
    return dropped == manifests.size();
  }

  /** Drops what is due. */
  void drop(int creates) {
    while (!isDropped() && manifests.get(dropped).from() <= creates) {
      drop(manifests.get(dropped));
      dropped++;
    }
  }

  private void drop(Manifest manifest) {
    List<String> lines = new ArrayList<>(List.of("n,image_url,note"));
    manifest
        .urls()
        .forEach((line, url) -> lines.add("%d,%s,\"kept, %d\"".formatted(line, url, line)));
    Path folder = dropped % 4 == 3 ? inbox.resolve("partner") : inbox;
    try {
      Files.createDirectories(folder);
      for (String name : manifest.names()) {
        Files.write(folder.resolve(name + ".csv"), lines);
      }
      for (String name : manifest.names()) {
        Files.createFile(folder.resolve(name + ".csv.done"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nothing is left where it was dropped. */
  boolean isPickedUp() {
    return isDropped() && Tree.files(inbox).isEmpty();
  }
}
