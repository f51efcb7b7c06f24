package io.facedrop.manifest.input;

import static io.facedrop.manifest.format.Manifests.gzip;
import static io.facedrop.manifest.format.Manifests.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipManifestTest {

  @TempDir Path folder;
  private Manifests manifests;

  @BeforeEach
  void prepare() {
    manifests = new Manifests(folder);
  }

  private void assertBroken(byte[] bytes, String fault) {
    ManifestRejectedException rejected = manifests.rejection("m.csv.gz", bytes);
    assertThat(rejected).hasMessage("broken gzip: expected " + fault);
    assertThat(rejected.code()).isEqualTo("BROKEN_GZIP");
  }

  @ParameterizedTest
  @CsvSource({
    "m.csv.gz, 'image_url,a\r\nu,1\r\n'",
    "m.txt.gz, '\uFEFFu\n'",
    "m.jsonl.gz, '{\"image_url\":\"u\"}'"
  })
  void readsEachFormat(String name, String text) throws Exception {
    byte[] bytes = gzip(text);
    Manifests.Content content = manifests.read(name, bytes);
    assertThat(content.urls()).containsExactly("u");
    assertThat(content.bytesRead()).isEqualTo(bytes.length);
    assertThat(content.sha256()).isEqualTo(Manifest.sha256(folder.resolve(name)));
  }

  @Test
  void bothDigestsAreOfOneFileHoweverOftenItIsReplaced() throws Exception {
    Map<String, Manifest.Digests> known = new HashMap<>();
    List<Path> versions = new ArrayList<>();
    for (int version = 0; version < 2; version++) {
      Path file = folder.resolve(version + ".csv.gz");
      Files.write(file, gzip("image_url\nu" + version + "\n".repeat(3_000)));
      versions.add(file);
      Manifest.Digests digests = Manifest.digests(file, ManifestLimits.DEFAULT);
      known.put(digests.content(), digests);
    }
    Path file = folder.resolve("m.csv.gz");
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> replacing =
        CompletableFuture.runAsync(
            () -> {
              for (int turn = 0; !ended.get(); turn++) {
                replace(file, versions.get(turn % 2));
              }
            });
    await().until(() -> Files.exists(file));
    for (int look = 0; look < 500; look++) {
      Manifest.Digests digests = Manifest.digests(file, ManifestLimits.DEFAULT);
      assertThat(digests).isEqualTo(known.get(digests.content()));
    }
    ended.set(true);
    replacing.join();
  }

  private void replace(Path file, Path version) {
    try {
      Path next = folder.resolve("next");
      Files.copy(version, next, StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsAllMembers() throws Exception {
    byte[] bytes = join(gzip("image_url\nu"), gzip(""), gzip("v\nw\n"), gzip("x\n"));
    Manifests.Content content = manifests.read("m.csv.gz", bytes);
    assertThat(content.urls()).containsExactly("uv", "w", "x");
    assertThat(content.sha256()).isEqualTo(Manifest.sha256(folder.resolve("m.csv.gz")));
  }

  @Test
  void readsManyMembersAcrossBuffers() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(gzip("image_url\n"));
    for (int i = 0; i < 10_000; i++) {
      bytes.writeBytes(gzip("u" + i + "\n"));
    }
    assertThat(manifests.read("m.csv.gz", bytes.toByteArray()).rows()).hasSize(10_000);
  }

  @Test
  void skipsOptionalPartsOfHeader() throws Exception {
    byte[] plain = gzip("image_url\nu\n");
    byte[] optional = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9};
    byte[] bytes =
        join(Arrays.copyOf(plain, 10), optional, Arrays.copyOfRange(plain, 10, plain.length));
    bytes[3] = 2 | 4 | 8 | 16;
    assertThat(manifests.read("m.csv.gz", bytes).urls()).containsExactly("u");
  }

  @Test
  void rejectsTruncatedFileWhereverItEnds() throws Exception {
    byte[] whole = gzip("image_url\nhttps://a/1\nhttps://a/2\n");
    for (int length = 1; length < whole.length; length++) {
      ManifestRejectedException rejected =
          manifests.rejection("m.csv.gz", Arrays.copyOf(whole, length));
      assertThat(rejected).as("first %d bytes", length).isNotNull();
      assertThat(rejected.code()).isEqualTo("BROKEN_GZIP");
    }
    assertBroken(
        Arrays.copyOf(whole, whole.length - 9),
        "the end of the compressed data but found the end of the file");
    assertBroken(
        Arrays.copyOf(whole, whole.length - 1),
        "the end of a gzip member but found the end of the file");
  }

  @Test
  void rejectsWrongChecksumAndLength() throws Exception {
    byte[] bytes = gzip("image_url\nu\n");
    bytes[bytes.length - 8] ^= 1;
    assertBroken(bytes, "a matching checksum but found another");
    bytes[bytes.length - 8] ^= 1;
    bytes[bytes.length - 1] ^= 1;
    assertBroken(bytes, "a matching length but found another");
  }

  @Test
  void rejectsBrokenCompressedData() throws Exception {
    byte[] bytes = gzip("image_url\nu\n");
    bytes[10] = 7;
    assertBroken(bytes, "compressed data but found other bytes");
  }

  @Test
  void rejectsPlainTextNamedGzip() {
    assertBroken(
        "image_url\nu\n".getBytes(StandardCharsets.UTF_8), "a gzip header but found other bytes");
  }

  @Test
  void acceptsZerosBehindTheLastMember() throws Exception {
    for (String text : new String[] {"image_url\nu\n", "image_url\n" + "u\n".repeat(100_000)}) {
      for (int length : new int[] {1, 2, 7, 18, 512, 65_500, 65_536, 200_000}) {
        byte[] padded = join(gzip(text), new byte[length]);
        assertThat(new Manifests(folder).read("m.csv.gz", padded).urls()).containsOnly("u");
      }
    }
    assertBroken(new byte[512], "a gzip header but found other bytes");
  }

  @Test
  void rejectsWhateverFollowsTheLastMember() throws Exception {
    byte[] member = gzip("image_url\nu\n");
    for (int length : new int[] {1, 2, 7, 8, 18, 19, 27, 100, 70_000}) {
      byte[] other = new byte[length];
      other[length - 1] = 1;
      assertBroken(
          join(member, other),
          "the end of the file or a further gzip member but found other bytes");
    }
    assertBroken(
        join(member, new byte[] {0x1F}),
        "the end of the file or a further gzip member but found other bytes");
    assertBroken(
        join(member, new byte[] {0x1F, (byte) 0x8B, 8}),
        "the end of a gzip member but found the end of the file");
  }

  @Test
  void rejectsBombWithoutLineBreak() {
    assertThat(manifests.rejection("m.csv.gz", bomb(64)).code()).isEqualTo("LINE_TOO_LONG");
    assertThat(manifests.rejection("m.txt.gz", bomb(64)).code()).isEqualTo("LINE_TOO_LONG");
    assertThat(manifests.rejection("m.jsonl.gz", bomb(64)).code()).isEqualTo("LINE_TOO_LONG");
  }

  private static byte[] bomb(int mebibytes) {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0});
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[1 << 16];
    for (int i = 0; i < mebibytes; i++) {
      crc.update(block);
      deflater.setInput(block);
      while (!deflater.needsInput()) {
        bytes.write(chunk, 0, deflater.deflate(chunk));
      }
    }
    deflater.end();
    return bytes.toByteArray();
  }
}
