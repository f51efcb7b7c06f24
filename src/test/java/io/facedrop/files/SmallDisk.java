package io.facedrop.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few megabytes, in memory, that can be filled to its last byte and emptied again. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private static final int BLOCK = 4096;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on a folder; the test is left out where that is not allowed. */
  public static SmallDisk at(Path folder, int megabytes) throws IOException, InterruptedException {
    return mounted(folder, "size=" + megabytes + "m");
  }

  /** One from which no program can be loaded. */
  public static SmallDisk withoutPrograms(Path folder) throws IOException, InterruptedException {
    return mounted(folder, "size=64m,noexec");
  }

  /** One on which nobody can write, root neither. */
  public static SmallDisk readOnly(Path folder) throws IOException, InterruptedException {
    return mounted(folder, "size=1m,ro");
  }

  private static SmallDisk mounted(Path folder, String options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int refused = command("mount", "-t", "tmpfs", "-o", options, "facedrop", folder);
    Assumptions.assumeTrue(
        refused == 0, "left out: to make a disk needs leave to mount one, as root has");
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Takes all the room that is left. */
  public void fill() {
    fillBut(0);
  }

  /** Takes the room that is left, except for so many blocks of 4,096 bytes. */
  public void fillBut(int blocks) {
    byte[] block = new byte[BLOCK];
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (Files.getFileStore(folder).getUsableSpace() > (long) blocks * BLOCK) {
        ballast.write(block);
      }
    } catch (IOException full) {
      // As it should be.
    }
  }

  /** Gives back what {@link #fill} took. */
  public void makeRoom() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return folder.resolve(".ballast");
  }

  private static int command(Object... words) throws IOException, InterruptedException {
    String[] command = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Override
  public void close() {
    try {
      command("umount", "-l", folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
