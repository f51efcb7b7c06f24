package io.facedrop.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Makes manifests that are broken in all sorts of ways, the same for the same seed. */
final class FuzzCases {
  private static final List<String> EXTENSIONS = List.of("csv", "txt", "jsonl");

  /** Pieces that mean something to a reader of CSV, JSON, UTF-8, gzip or URLs. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "\0",
          "\uFEFF",
          "image_url",
          "facedrop_origin",
          "facedrop_detect_task_id",
          "https://a.example/1.png",
          "http://127.0.0.1/",
          "https://x.example.org/",
          "https://[::ffff:127.0.0.1]:80/",
          "https://0x7f.1\\@b/",
          "https://xn--\u00fc.example/",
          "{",
          "}",
          "[",
          "]",
          ":",
          "null",
          "true",
          "1e999",
          "-0",
          "\\u0000",
          "\\ud800",
          "\\",
          "'",
          "=cmd()",
          "-1",
          "#",
          "//",
          "${body}",
          "{{x}}",
          "\uD83D\uDE00",
          "\u2028",
          "\u0085",
          " ",
          "",
          "{\"image_url\":\"https://a.example/2\"}");

  record Case(String name, byte[] content) {}

  private final SplittableRandom random;
  private final List<byte[]> corpus;
  private final List<String> names;

  FuzzCases(SplittableRandom random) {
    this.random = random;
    List<Fate> manifests =
        Fate.of("manifest").stream().filter(fate -> fate.recipe().isEmpty()).toList();
    this.corpus = manifests.stream().map(FuzzCases::content).toList();
    this.names = manifests.stream().map(Fate::item).toList();
  }

  private static byte[] content(Fate fate) {
    try {
      return fate.content();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Case next() throws IOException {
    return switch (random.nextInt(8)) {
      case 0 -> named(bytes(random.nextInt(1 + random.nextInt(3000))));
      case 1, 2 -> named(csv().getBytes(UTF_8));
      case 3, 4 -> new Case("m.jsonl", json().getBytes(UTF_8));
      default -> mutant();
    };
  }

  private Case mutant() throws IOException {
    int chosen = random.nextInt(corpus.size());
    byte[] content = corpus.get(chosen);
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      content = mutated(content);
    }
    return random.nextInt(4) == 0 ? named(content) : new Case(names.get(chosen), content);
  }

  private Case named(byte[] content) throws IOException {
    String name = "m." + EXTENSIONS.get(random.nextInt(EXTENSIONS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> new Case(name + ".gz", packed(content));
      case 1 -> new Case(name + ".gz", mutated(packed(content)));
      default -> new Case(name, content);
    };
  }

  private byte[] mutated(byte[] content) {
    int at = random.nextInt(content.length + 1);
    int end = Math.min(content.length, at + random.nextInt(40));
    return switch (random.nextInt(6)) {
      case 0 -> joined(content, at, bytes(random.nextInt(1, 5)), at);
      case 1 -> joined(content, at, piece().getBytes(UTF_8), at);
      case 2 -> joined(content, at, new byte[0], end);
      case 3 -> joined(content, end, Arrays.copyOfRange(content, at, end), end);
      case 4 -> joined(content, at, piece().repeat(random.nextInt(1, 4000)).getBytes(UTF_8), end);
      default -> flipped(content);
    };
  }

  private byte[] flipped(byte[] content) {
    byte[] flipped = content.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] joined(byte[] content, int head, byte[] middle, int tail) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(content, 0, head);
    all.writeBytes(middle);
    all.write(content, tail, content.length - tail);
    return all.toByteArray();
  }

  private String csv() {
    char delimiter = ",;\t".charAt(random.nextInt(3));
    int columns = random.nextInt(1, 7);
    int url = random.nextInt(columns);
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    for (int row = 0; row <= random.nextInt(1, 60); row++) {
      int cells = random.nextInt(200) == 0 ? columns + 1 : columns;
      for (int cell = 0; cell < cells; cell++) {
        text.append(cell == 0 ? "" : String.valueOf(delimiter));
        text.append(row == 0 && cell == url ? "image_url" : cell(delimiter));
      }
      text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  /** Well-formed but for one in a hundred. */
  private String cell(char delimiter) {
    String text = words();
    if (random.nextInt(100) == 0) {
      return text;
    }
    boolean plain = text.indexOf(delimiter) < 0 && text.matches("[^\"\\r\\n\\x00]*");
    return plain ? text : '"' + text.replace("\"", "\"\"").replace("\0", "") + '"';
  }

  private String json() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row <= random.nextInt(40); row++) {
      text.append("{\"image_url\":").append(value(0));
      for (int key = random.nextInt(4); key > 0; key--) {
        text.append(",\"").append(key).append(escaped(words())).append("\":").append(value(0));
      }
      text.append(random.nextInt(200) == 0 ? piece() : "}").append('\n');
    }
    return text.toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 7)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> random.nextDouble() + "e" + random.nextInt(-400, 400);
      case 2 -> "null";
      case 3 -> '"' + escaped(words()) + '"';
      case 4 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      case 5 -> "{\"a\":" + value(depth + 1) + "}";
      default -> "[".repeat(random.nextInt(1, 140)) + "]".repeat(random.nextInt(1, 140));
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replaceAll("[\\x00-\\x1f]", "\\\\u0001");
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      words.append(piece());
    }
    return words.toString();
  }

  private String piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
