package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and locales as machines have them that are not a developer's. */
@Timeout(180)
class StrangeMachinesAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void leavesNothingInTheTemporaryFolder() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = working(api)) {
      Cli serve = facedrop.start("serve", "-Djava.io.tmpdir=" + temporary);
      await()
          .atMost(PATIENCE)
          .until(() -> !serve.isAlive() || serve.said().contains("watching data/inbox"));

      assertThat(serve.terminate()).as(serve.said()).isZero();
      assertThat(entries(temporary)).isEmpty();
    }
  }

  @Test
  void worksWhereTheTemporaryFolderIsMissing() throws IOException {
    works(folder.resolve("missing"));
  }

  @Test
  void worksWhereTheTemporaryFolderHoldsNoPrograms() throws Exception {
    try (SmallDisk temporary = SmallDisk.withoutPrograms(folder.resolve("noexec"))) {
      works(temporary.folder());
    }
  }

  @Test
  void saysWhatToDoWhereNoFolderHoldsPrograms() throws Exception {
    try (SmallDisk disk = SmallDisk.withoutPrograms(folder.resolve("noexec"));
        Installation facedrop = new Installation(disk.folder(), "http://127.0.0.1:1")) {
      Path manifest = facedrop.manifest("m.csv", 1, Map.of());
      Cli run = facedrop.start("run", "-Djava.io.tmpdir=" + disk.folder(), "" + manifest);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.said().lines())
          .singleElement()
          .asString()
          .contains("SQLite's library", "set -Dorg.sqlite.tmpdir to a folder");
    }
  }

  /** Where no name of a file can have other letters than those of ASCII. */
  @Test
  void saysWhatToSetInThePosixLocale() throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = working(api)) {
      facedrop.withVariable("LC_ALL", "C");
      Path inbox = Files.createDirectories(facedrop.folder.resolve("data/inbox"));
      Files.writeString(inbox.resolve("caf\u00e9.csv"), "image_url\n");
      facedrop.write("data/inbox/m.csv", "image_url\n" + Installation.url(1, "fine") + "\n");
      Cli serve = facedrop.start("serve");
      await()
          .atMost(PATIENCE)
          .until(() -> !serve.isAlive() || serve.said().contains(" is complete: "));
      assertThat(serve.terminate()).as(serve.said()).isZero();
      assertThat(facedrop.rows("success")).hasSize(1);
      Cli run = facedrop.start("run", "caf\u00e9.csv");

      assertThat(serve.said())
          .containsPattern(
              "caf\\S+\\.csv stays in the inbox: .*start facedrop with LC_ALL=C.UTF-8");
      assertThat(inbox.resolve("caf\u00e9.csv")).exists();
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.said()).contains("start facedrop with LC_ALL=C.UTF-8");
    }
  }

  /** With all that is in it, while a batch is open. */
  @ParameterizedTest
  @ValueSource(strings = {"accept", "reject"})
  void aFolderThatIsMovedGoesOnWithItsBatches(String duplicates) throws IOException {
    try (StrangeApi api = new StrangeApi()) {
      Path before = folder.resolve("before");
      try (Installation facedrop = waiting(api, before, duplicates)) {
        facedrop.write("data/inbox/m.csv", rows(16));
        Cli serve = facedrop.start("serve");
        await()
            .atMost(PATIENCE)
            .until(() -> !serve.isAlive() || api.creates().size() == 16 && isSubmitted(facedrop));
        assertThat(serve.terminate()).as(serve.said()).isEqualTo(75);
      }
      Path after = Files.move(before, folder.resolve("after"));
      try (Installation moved = waiting(api, after, duplicates)) {
        api.tasksTake(Duration.ofMillis(1));
        Cli serve = moved.start("serve");
        // Once it is worked, what lay there has been looked at.
        moved.write("data/inbox/late.csv", rows(1).replace("/0.jpg", "/late.jpg"));
        await()
            .atMost(PATIENCE)
            .until(() -> !serve.isAlive() || moved.rows("success").size() == 17);
        await()
            .atMost(PATIENCE)
            .until(() -> moved.number("select count(*) from batch where state = 'complete'") == 2);
        assertThat(serve.terminate()).as(serve.said()).isZero();
        assertThat(api.creates()).hasSize(17);
        assertThat(moved.folder.resolve("data/rejected")).doesNotExist();
        assertThat(moved.number("select count(*) from batch")).isEqualTo(2);
        assertThat(moved.folder.resolve("data/inbox/.work")).isEmptyDirectory();
      }
    }
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(row -> Installation.url(row, "fine") + "\n")
        .collect(Collectors.joining("", "image_url\n", ""));
  }

  private static boolean isSubmitted(Installation facedrop) {
    return facedrop.number("select count(*) from progress where state = 'submitted'") == 16;
  }

  private static Installation waiting(StrangeApi api, Path folder, String duplicates) {
    api.tasksTake(Duration.ofMinutes(5));
    return new Installation(folder, api.uri().toString())
        .with("facedrop.api.rate", "unlimited")
        .with("facedrop.duplicate-manifest", duplicates)
        .with("facedrop.faces.poll-ages", "200ms")
        .with("facedrop.faces.poll-interval", "500ms");
  }

  private void works(Path temporary) throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = working(api)) {
      Path manifest = facedrop.manifest("m.csv", 2, Map.of());
      Cli run =
          facedrop.start("run", "--max-wait=20s", "-Djava.io.tmpdir=" + temporary, "" + manifest);

      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(facedrop.rows("success")).hasSize(2);
      assertThat(run.said()).doesNotContain("Exception");
      assertThat(entries(facedrop.folder.resolve("data")))
          .noneMatch(file -> file.toString().contains("sqlite"));
    }
  }

  private Installation working(StrangeApi api) {
    return new Installation(folder, api.uri().toString())
        .with("facedrop.api.rate", "unlimited")
        .with("facedrop.faces.poll-ages", "200ms");
  }

  private static List<Path> entries(Path root) throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.toList();
    }
  }
}
