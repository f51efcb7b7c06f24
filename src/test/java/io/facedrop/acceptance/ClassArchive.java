package io.facedrop.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The classes that a run loads, kept by the JVM for the next ones: hundreds of tests start the jar,
 * and this takes a third off what a start costs. It is made once for a jar, by whoever is first.
 */
final class ClassArchive {
  private static final Path FILE =
      PackagedJar.PATH.resolveSibling(PackagedJar.PATH.getFileName() + ".jsa");

  /** What cannot be shared is loaded as ever, and nobody needs to hear of it. */
  private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

  private static final List<String> OPTIONS = made();

  private ClassArchive() {}

  /** Of a JVM that starts the jar. */
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> made() {
    try (FileChannel channel =
            FileChannel.open(
                FILE.resolveSibling(FILE.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      if (!isOfTheJar()) {
        make();
      }
      return List.of("-XX:SharedArchiveFile=" + FILE, SILENT.get(0), SILENT.get(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOfTheJar() throws IOException {
    return Files.exists(FILE)
        && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(PackagedJar.PATH))
            >= 0;
  }

  private static void make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("facedrop-archive");
    Path unfinished = folder.resolve("archive");
    Path manifest = folder.resolve("m.csv");
    Files.writeString(manifest, "image_url\nhttps://images.example.com/1.jpg\n");
    try (StrangeApi api = new StrangeApi()) {
      PackagedJar.process(
              folder,
              List.of("-XX:ArchiveClassesAtExit=" + unfinished, SILENT.get(0), SILENT.get(1)),
              Map.of(
                  "CRUN_API_KEY", "key",
                  "FACEDROP_API_RATE", "unlimited",
                  "FACEDROP_API_BASE_URL", api.uri().toString()),
              List.of("run", manifest.toString()),
              List.of())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start()
          .waitFor();
    }
    if (!Files.exists(unfinished)) {
      throw new IOException("no archive was made: " + Files.readString(folder.resolve("log")));
    }
    Files.move(unfinished, FILE, StandardCopyOption.REPLACE_EXISTING);
  }
}
