package io.facedrop.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A line of {@code fates.csv}: something hostile, and what must become of it.
 *
 * @param number of the line, which makes names and URLs unlike all others
 * @param kind manifest, name or answer
 * @param item the file's name; of a name in the form of a {@link Recipe}
 * @param how a name is put into the inbox, or an answer is given
 * @param recipe of the content, where no file holds it
 */
record Fate(
    int number, String kind, String item, String how, String recipe, String what, String fate) {

  static List<Fate> of(String kind) {
    try (InputStream table = Fate.class.getResourceAsStream("fates.csv");
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table)) {
      return rows.stream().map(Fate::of).filter(fate -> fate.kind.equals(kind)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fate of(NamedCsvRecord row) {
    return new Fate(
        (int) row.getStartingLineNumber(),
        row.getField("kind"),
        row.getField("item"),
        row.getField("how"),
        row.getField("recipe"),
        row.getField("what"),
        row.getField("fate"));
  }

  /** The folder that holds it alone. */
  String folder() {
    return kind + "-" + number + "/";
  }

  String name() {
    return kind.equals("name") ? Recipe.cooked(item) : item;
  }

  byte[] content() throws IOException {
    if (recipe.isEmpty()) {
      try (InputStream file = Fate.class.getResourceAsStream(kind + "s/" + item)) {
        return file.readAllBytes();
      }
    }
    String gzip = "gzip:";
    return recipe.startsWith(gzip)
        ? packed(Recipe.cooked(recipe.substring(gzip.length())))
        : Recipe.cooked(recipe).getBytes(UTF_8);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return item + ": " + what;
  }
}
