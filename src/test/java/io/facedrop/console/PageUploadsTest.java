package io.facedrop.console;

import static io.facedrop.console.PageBench.OPERATOR;
import static io.facedrop.console.PageBench.VIEWER;
import static io.facedrop.console.PageBench.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.clock.SettableClock;
import io.facedrop.files.SmallDisk;
import io.facedrop.files.Tree;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.manifest.format.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are dropped onto the page, behind the real server. */
class PageUploadsTest {
  private static final String MANIFEST =
      """
      image_url,name
      https://x.example/1.jpg,one
      https://x.example/2.jpg,two
      ftp://x.example/3.jpg,three
      https://x.example/1.jpg,one again
      """;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(LedgerBench.START);
  private LedgerBench bench;
  private PageBench pages;

  @BeforeEach
  void work() throws Exception {
    bench = LedgerBench.with(folder, clock);
    pages = PageBench.open(bench, folder, Map.of("facedrop.manifest.max-bytes", "100000"));
  }

  @AfterEach
  void stop() {
    pages.close();
    bench.close();
  }

  @Test
  void sayWhatTheyCostAndAreWorkedWholeOnceSomebodyAgrees() throws Exception {
    Files.createDirectories(folder.resolve("inbox"));
    Files.writeString(folder.resolve("inbox/m.csv"), "of somebody else");

    HttpResponse<String> sent = upload("m.csv", MANIFEST);

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    String place = sent.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> preview = pages.get(place, "");
    assertThat(preview.body())
        .contains("Work these 4 rows, for at most 3 credits", "3 are sent", "line 4, ")
        .contains("which is sent and paid for", "a dead letter that costs nothing", "<dd>1</dd>")
        .doesNotContain("each of which");
    assertThat(pages.get("/", "").body()).contains("href=\"" + place + "\"");
    assertThat(below(".work")).isEmpty();
    HttpResponse<String> worked = act("work-upload", place, secret(preview));
    assertThat(worked.headers().firstValue("Location")).hasValue("/");
    assertThat(below(".work")).hasSize(2);
    Path manifest = below(".work").get(0);
    assertThat(manifest.getFileName()).hasToString("m.csv");
    assertThat(manifest.getParent().getFileName().toString()).startsWith("upload-");
    assertThat(manifest).hasContent(MANIFEST);
    assertThat(Path.of(manifest + ".sha256")).exists();
    assertThat(folder.resolve("inbox/m.csv")).hasContent("of somebody else");
    assertThat(below(".upload")).isEmpty();
    assertThat(pages.get(place, "").statusCode()).isEqualTo(404);
    assertThat(act("work-upload", place, secret(preview)).statusCode()).as("again").isEqualTo(404);
  }

  @Test
  void thatAreWorkedWaitToBeAccepted() throws Exception {
    Files.createDirectories(folder.resolve("inbox/partner"));
    String waits = "<bdi>partner/m.csv</bdi> was uploaded, and waits to be accepted.";
    String place = ready(place(uploadInto("partner")));
    assertThat(pages.get("/", "").body()).contains("Nothing to do").doesNotContain(waits);

    act("work-upload", place, secret(pages.get("/", "")));

    assertThat(pages.get("/", "").body())
        .contains(waits, ">Working<")
        .doesNotContain("Nothing to do");
    Path work = folder.resolve("inbox/.work");
    Path pickUp = work.relativize(below(".work").get(0)).getName(0);
    Path taken = Path.of("7~" + pickUp);
    Files.move(work.resolve(pickUp), work.resolve(taken));
    assertThat(pages.get("/", "").body()).as("taken over by a node").contains(waits);
    RowHistoryBench.dropAgain(
        bench, Path.of(".work").resolve(taken).resolve("partner/m.csv"), List.of("x:2"));
    assertThat(pages.get("/", "").body()).doesNotContain(waits);
  }

  @Test
  void ofOneRowAreSpokenOfAsOne() throws Exception {
    String place = place(upload("one.csv", "image_url\nhttps://a.example/1.jpg\n"));

    assertThat(pages.get(place, "").body())
        .contains("Work this row, for at most 1 credit<", "<dd>1 is sent</dd>")
        .doesNotContain("these", "are sent");
  }

  @Test
  void areThrownAwayAndForgottenAfterAnHour() throws Exception {
    String first = place(upload("m.csv", MANIFEST));
    String second = place(upload("n.csv", MANIFEST));
    assertThat(pages.get(second, "").body()).contains("Work these 4 rows");

    act("discard-upload", first, secret(pages.get("/", "")));

    assertThat(pages.get(first, "").statusCode()).isEqualTo(404);
    assertThat(below(".upload")).hasSize(1);
    clock.forward(Duration.ofMinutes(61));
    await().until(() -> below(".upload").isEmpty());
    assertThat(pages.get(second, "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "m.pdf, x, 'UNSUPPORTED_FORMAT'",
    "m.csv, '', 'EMPTY_FILE'",
    "m.csv, 'a,b', 'NO_IMAGE_URL_COLUMN'",
    "m.csv, 'image_url,b\nhttps://x.example/1', 'RAGGED_ROW'"
  })
  void sayWhyTheyWouldBeRejectedAndNothingIsKept(String name, String content, String code)
      throws Exception {
    HttpResponse<String> preview = pages.get(place(upload(name, content)), "");

    assertThat(preview.body())
        .contains("<b>" + code + "</b>", "expected", "but found")
        .doesNotContain("work-upload");
    assertThat(pages.get("/", "").body()).doesNotContain("href=\"/upload/");
    assertThat(Tree.files(folder.resolve("inbox"))).isEmpty();
  }

  @Test
  void areRefusedLikeAnyManifestThatWasWorkedBefore() throws Exception {
    Path copy = Files.writeString(folder.resolve("m.csv"), MANIFEST);
    String id = bench.batch(1).id();
    RowHistoryBench.content(bench, Manifest.sha256(copy));

    assertThat(pages.get(place(upload("m.csv", MANIFEST)), "").body())
        .contains("<b>DUPLICATE_MANIFEST</b>", id, "facedrop.duplicate-manifest");
  }

  @ParameterizedTest
  @CsvSource({
    "../../../m.csv, m.csv",
    "..\\..\\m.csv, _m.csv",
    ".hidden.csv, _hidden.csv",
    "a\u0007b.csv, a b.csv",
    "Übung №1.csv, Übung №1.csv",
    "${in.body}.csv, ${in.body}.csv",
    "<img src=x>.csv, <img src x>.csv"
  })
  void haveTheNameThatTheyWereGivenMadeSafe(String given, String name) throws Exception {
    HttpResponse<String> sent = upload(given, MANIFEST);

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    assertThat(pages.get(place(sent), "").body()).doesNotContain("<img src");
    assertThat(below(".upload")).hasSize(1);
    assertThat(below(".upload").get(0).getFileName()).hasToString(name);
  }

  @Test
  void goIntoAFolderOfTheInboxAndIntoNoOther() throws Exception {
    Files.createDirectories(folder.resolve("inbox/acme"));
    assertThat(pages.get("/", "").body()).contains("<option>acme</option>");

    String place = place(uploadInto("acme"));
    act("work-upload", ready(place), secret(pages.get("/", "")));

    assertThat(below(".work").get(0).getParent().getFileName()).hasToString("acme");
    for (String other : List.of("..", "../..", "/tmp", ".work", "acme/..", "none")) {
      assertThat(uploadInto(other).statusCode()).as(other).isEqualTo(422);
    }
    await().until(() -> below(".upload").isEmpty());
  }

  private HttpResponse<String> uploadInto(String partner) throws Exception {
    byte[] content = MANIFEST.getBytes(StandardCharsets.UTF_8);
    return send(
        HttpRequest.BodyPublishers.ofByteArrays(
            PageBench.parts(secret(pages.get("/", "")), partner, "m.csv", content)));
  }

  private HttpResponse<String> send(HttpRequest.BodyPublisher form) throws Exception {
    return pages.send(
        pages
            .to("/upload", "")
            .header("Origin", pages.origin())
            .header("Content-Type", "multipart/form-data; boundary=b0undary")
            .POST(form));
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Whether the browser says beforehand how much is to come, or not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areNoLargerThanASettingAllows(boolean announced) throws Exception {
    byte[] content = new byte[200_000];
    List<byte[]> parts = PageBench.parts(secret(pages.get("/", "")), "", "m.csv", content);
    HttpRequest.BodyPublisher known = HttpRequest.BodyPublishers.ofByteArray(joined(parts));
    HttpResponse<String> sent =
        send(announced ? known : HttpRequest.BodyPublishers.fromPublisher(known));

    assertThat(sent.statusCode()).isEqualTo(413);
    assertThat(sent.body()).contains("100,000 bytes that facedrop.manifest.max-bytes allows");
    await().until(() -> below(".upload").isEmpty());
    nothingIsOpen();
  }

  /** Whether the browser says beforehand how much is to come, or not. */
  @ParameterizedTest
  @CsvSource({"8, true", "66, false"})
  void saySoWhereTheDiskHasNoRoom(int megabytes, boolean announced) throws Exception {
    String secret = secret(pages.get("/", ""));
    byte[] content = new byte[80 << 20];
    List<byte[]> parts = PageBench.parts(secret, "", "m.csv", content);
    pages.close();
    try (SmallDisk disk = SmallDisk.at(folder.resolve("inbox"), megabytes)) {
      pages = PageBench.open(bench, folder, Map.of());
      HttpRequest.BodyPublisher known = HttpRequest.BodyPublishers.ofByteArray(joined(parts));
      HttpResponse<String> sent =
          send(announced ? known : HttpRequest.BodyPublishers.fromPublisher(known));

      assertThat(sent.statusCode()).isEqualTo(507);
      assertThat(sent.body()).contains("no room for this file", "Make room");
      await().until(() -> Tree.files(disk.folder()).isEmpty());
      nothingIsOpen();
      pages.close();
    }
  }

  @Test
  void leaveNothingBehindWhenTheConnectionBreaks() throws Exception {
    String secret = secret(pages.get("/", ""));
    try (Socket socket = begun(secret)) {
      await().until(() -> below(".upload").size() == 1);
    }

    await().until(() -> below(".upload").isEmpty());
    nothingIsOpen();
    assertThat(pages.get("/", "").body()).doesNotContain("href=\"/upload/");
  }

  @Test
  void holdNoThreadWhileTheyDoNotGoOn() throws Exception {
    String secret = secret(pages.get("/", ""));
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stalled.add(begun(secret));
    }
    await().until(() -> below(".upload").size() == 20);

    assertThat(pages.get("/", "").statusCode()).isEqualTo(200);
    assertThat(upload("m.csv", MANIFEST).statusCode()).isEqualTo(303);
    for (Socket socket : stalled) {
      socket.close();
    }
  }

  /** One that does not go on. */
  private Socket begun(String secret) throws IOException {
    Socket socket = pages.connect();
    OutputStream out = socket.getOutputStream();
    String type = "multipart/form-data; boundary=b0undary";
    out.write(pages.head("/upload", type, 50_000).getBytes(StandardCharsets.UTF_8));
    out.write(PageBench.parts(secret, "", "m.csv", new byte[0]).get(0));
    out.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return socket;
  }

  @Test
  void whatACrashHasLeftIsRemovedAfterAnHour() throws Exception {
    Path left = folder.resolve("inbox/.upload/left");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");
    Files.setLastModifiedTime(left, FileTime.from(clock.instant().minusSeconds(3_601)));

    upload("m.csv", MANIFEST);

    await().until(() -> Files.notExists(left));
  }

  @Test
  void areTheOperatorsAlone() throws Exception {
    pages.close();
    pages = PageBench.with(bench, folder, Map.of(), OPERATOR, VIEWER, Duration.ofSeconds(90));
    byte[] content = MANIFEST.getBytes(StandardCharsets.UTF_8);
    String operator = pages.cookie(OPERATOR);
    String viewer = pages.cookie(VIEWER);
    String secret = secret(pages.get("/", operator));

    assertThat(pages.upload(secret, "m.csv", content, "").statusCode()).isEqualTo(401);
    assertThat(pages.upload(secret, "m.csv", content, viewer).statusCode()).isEqualTo(403);
    assertThat(pages.upload("0".repeat(64), "m.csv", content, operator).statusCode())
        .isEqualTo(403);
    assertThat(pages.get("/", viewer).body()).doesNotContain("type=\"file\"");
    await().until(() -> below(".upload").isEmpty());
    String place = place(pages.upload(secret, "m.csv", content, operator));
    assertThat(pages.get(place, viewer).statusCode()).isEqualTo(404);
    assertThat(pages.get(place, operator).body()).contains("Work these 4 rows");
  }

  @Test
  void areOneAtATimeAndNotTooMany() throws Exception {
    assertThat(upload("", "").statusCode()).isEqualTo(422);
    for (int i = 0; i < 20; i++) {
      assertThat(upload("m" + i + ".csv", MANIFEST).statusCode()).isEqualTo(303);
    }

    HttpResponse<String> oneMore = upload("m.csv", MANIFEST);

    assertThat(oneMore.statusCode()).isEqualTo(503);
    assertThat(oneMore.body()).contains("throw away one of them");
  }

  private HttpResponse<String> upload(String name, String content) throws Exception {
    return pages.upload(
        secret(pages.get("/", "")), name, content.getBytes(StandardCharsets.UTF_8), "");
  }

  /** A removed file that is still open would keep its room on the disk. */
  private static void nothingIsOpen() {
    await()
        .untilAsserted(
            () ->
                assertThat(Path.of("/proc/self/fd").toFile().listFiles())
                    .extracting(PageUploadsTest::target)
                    .noneMatch(open -> open.contains("/.upload/")));
  }

  private static String target(File descriptor) {
    try {
      return Files.readSymbolicLink(descriptor.toPath()).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static String place(HttpResponse<String> sent) {
    return sent.headers().firstValue("Location").orElseThrow();
  }

  /** Waits until it is read. */
  private String ready(String place) throws Exception {
    await().until(() -> pages.get(place, "").body().contains("Work these"));
    return place;
  }

  private HttpResponse<String> act(String what, String place, String secret) throws Exception {
    return pages.post(
        "/act",
        "form=" + secret + "&what=" + what + "&upload=" + place.replaceFirst(".*/", ""),
        pages.origin(),
        "");
  }

  private List<Path> below(String place) {
    return Tree.files(folder.resolve("inbox").resolve(place));
  }
}
