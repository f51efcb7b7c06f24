package io.facedrop.acceptance;

import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import io.facedrop.ledger.model.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** The watched folder of an SFTP server, as its partner sees it. */
record SftpFolder(Path path) {
  static final String MANIFEST = "n,image_url\n1,https://images.example.com/ok/1.jpg\n";

  static SftpFolder in(Path path) {
    try {
      return new SftpFolder(Files.createDirectories(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file there at once and whole, as a rename does. */
  Path upload(String name, String content) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Path aside = Files.writeString(Files.createTempFile(path, ".", ".upload"), content);
      return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A manifest of at least so many characters, of few rows. */
  static String fat(int size) {
    StringBuilder content = new StringBuilder("image_url,fat\n");
    for (int n = 0; content.length() < size; n++) {
      content.append("https://images.example.com/ok/").append(n).append(".jpg,");
      content.append("x".repeat(800_000)).append('\n');
    }
    return content.toString();
  }

  /** The names of all files, below the folder. */
  List<String> files() {
    return Tree.files(path).stream()
        .map(file -> path.relativize(file).toString())
        .sorted()
        .toList();
  }

  /** The only file, once its name begins so. */
  String settled(String beginning) {
    soon().until(() -> files().size() == 1 && files().get(0).startsWith(beginning));
    return files().get(0);
  }

  static Batch complete(Workbench.Serving serving) {
    soon().until(() -> serving.hasBatches(1) && serving.onlyBatch().complete());
    return serving.onlyBatch();
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
