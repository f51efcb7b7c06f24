package io.facedrop.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a gateway, a proxy or a changed API answers: the body's code decides where it is one of
 * the API's, then the HTTP status where it is decisive, and only what is left is in doubt.
 */
class AnyAnswerTest {
  private static final int RUNS = Integer.getInteger("answers.runs", 1_500);
  private static final long SEED = Long.getLong("answers.seed", System.nanoTime());

  private static final Set<Integer> KNOWN =
      Set.of(200, 401, 402, 403, 404, 422, 429, 455, 500, 501, 505);
  private static final List<Integer> STATUSES =
      List.of(
          200, 201, 204, 400, 401, 402, 403, 404, 405, 408, 413, 422, 429, 431, 455, 499, 500, 501,
          502, 503, 504, 505, 520, 530);
  private static final List<Integer> FOREIGN =
      List.of(0, -1, 7, 8, 14, 16, 100, 207, 301, 409, 418, 433, 502, 503, 1015, 9999);

  private final Random random = new Random(SEED);

  /** An answer, and what the rule makes of it. */
  private record Sample(String head, byte[] body, Integer code, boolean task, int expected) {}

  @Test
  void isDecidedByTheRuleAndByNothingElse() {
    AtomicReference<Sample> sample = new AtomicReference<>();
    int doubts = 0;
    int tasks = 0;
    try (Wire wire = Wire.answeringEach(() -> whole(sample.get().head(), sample.get().body()));
        ApiCall api = ApiCall.to(wire.uri())) {
      for (int run = 0; run < RUNS; run++) {
        sample.set(sample());
        Answer answer = api.post(ApiCall.IMAGE);

        assertThat(answer.code())
            .as("seed %d, run %d: %s", SEED, run, sample.get().head())
            .isEqualTo(sample.get().expected());
        assertThat(answer.detectTaskId() != null)
            .as("seed %d, run %d: %s", SEED, run, sample.get().head())
            .isEqualTo(sample.get().task());
        doubts += answer.isKnown() || sample.get().task() ? 0 : 1;
        tasks += sample.get().task() ? 1 : 0;
      }
    }
    System.out.printf(
        "answers.seed=%d: %d answers, %d with a task, %d in doubt, none outside the rule%n",
        SEED, RUNS, tasks, doubts);
    assertThat(doubts).isBetween(1, RUNS / 2);
  }

  private Sample sample() {
    int status = any(STATUSES);
    Integer code =
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> any(FOREIGN);
          default -> any(List.copyOf(KNOWN));
        };
    boolean envelope = code != null || random.nextInt(3) == 0;
    boolean task = envelope && random.nextInt(3) == 0;
    boolean bodyless = status == 204;
    String text = envelope ? json(code, task) : any(List.of("", "<html>no</html>", "{", "null"));
    byte[] plain = encoded(text);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Words");
    byte[] body = packed(plain, head);
    head.append(
        any(
            List.of(
                "",
                "\r\nContent-Type: application/json",
                "\r\nContent-Type: text/html; charset=utf-8",
                "\r\nContent-Type: application/json; charset='utf-8'",
                "\r\nContent-Type: application/json; charset=utf 8",
                "\r\nContent-Type: application/json; charset=*",
                "\r\nContent-Type: ;;;")));
    Integer read = bodyless || code == null || code < 0 && code != -1 ? null : code;
    return new Sample(
        head.toString(),
        bodyless ? new byte[0] : body,
        read,
        task && !bodyless,
        rule(status, read));
  }

  private static int rule(int status, Integer code) {
    if (code != null && KNOWN.contains(code)) {
      return code;
    }
    int decisive =
        switch (status) {
          case 401, 402, 403, 404, 422, 429, 500, 501, 505 -> status;
          case 503 -> 455;
          default -> 0;
        };
    return decisive != 0 || code == null ? decisive : code;
  }

  private String json(Integer code, boolean task) {
    String number =
        code == null ? null : code >= 0 && random.nextInt(4) == 0 ? "\"" + code + "\"" : "" + code;
    return "{"
        + (number == null ? "" : "\"code\":" + number + ",")
        + "\"message\":\"w\u00f6rter\",\"data\":{"
        + (task ? "\"detect_task_id\":\"t1\"" : "")
        + "}}";
  }

  private byte[] encoded(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> ("\ufeff" + text).getBytes(UTF_8);
      case 1 -> ("\ufeff" + text).getBytes(UTF_16BE);
      default -> text.getBytes(UTF_8);
    };
  }

  private byte[] packed(byte[] plain, StringBuilder head) {
    String said = "\r\nContent-Encoding: ";
    try {
      switch (random.nextInt(8)) {
        case 0 -> {
          head.append(said).append("gzip");
          return packed(plain, GZIPOutputStream::new);
        }
        case 1 -> {
          // Without a word.
          return packed(plain, GZIPOutputStream::new);
        }
        case 2 -> {
          head.append(said).append("deflate");
          return packed(plain, DeflaterOutputStream::new);
        }
        case 3 -> {
          head.append(said).append("deflate");
          return packed(plain, out -> new DeflaterOutputStream(out, new Deflater(6, true)));
        }
        case 4 -> {
          // It says so, and is not.
          head.append(said).append(random.nextBoolean() ? "gzip" : "br");
          return plain;
        }
        default -> {
          return plain;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How something is packed. */
  private interface Packing {
    OutputStream of(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] plain, Packing packing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.of(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] whole(String head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String length = head.contains(" 204 ") ? "" : "\r\nContent-Length: " + body.length;
    all.writeBytes((head + length + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
