package io.facedrop.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Manifests of any size; every image has a number by which the endpoint knows it. */
record Manifests(Path folder) {

  /** A manifest with the images from {@code first} on. */
  Path of(int first, int rows) throws IOException {
    Path file = folder.resolve("images-" + first + "-" + rows + ".csv");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve(".unfinished");
      write(unfinished, first, rows);
      Files.move(unfinished, file);
    }
    return file;
  }

  private static void write(Path file, int first, int rows) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      lines.write("order,image_url\n");
      for (int image = first; image < first + rows; image++) {
        lines.write(line(image));
      }
    }
  }

  private static String line(int image) {
    return String.format(
        Locale.ROOT, "%d,https://images.example.com/portraits/%09d.jpg\n", image, image);
  }
}
