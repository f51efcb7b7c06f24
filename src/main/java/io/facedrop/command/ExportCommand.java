package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.operator.Export;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the parts of a batch once more. */
@Command(
    name = "export",
    description = "Write the published parts of a batch again, from the ledger.",
    footerHeading = "%n",
    footer = {
      "The ledger keeps the rows of a complete batch for facedrop.ledger.retention.",
      "",
      "Example: facedrop export 20260527T131404Z-7f3a91c2 --output dead-letter --to again"
    })
public final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BATCH", description = Arguments.BATCH)
  private String id;

  @Option(
      names = "--output",
      split = ",",
      paramLabel = "OUTPUT",
      description = "success or dead-letter (default: both).")
  private List<String> outputs = List.of();

  @Option(
      names = "--to",
      paramLabel = "DIRECTORY",
      defaultValue = "export",
      description = "Directory for the parts (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Set<Output> wanted = wanted();
    Destination.verifyDirectory(directory);
    Settings settings = SettingsReader.read(Map.of());
    Session.verifyThere(settings);
    try (LedgerReader ledger = Session.reader(settings)) {
      Batch batch = Session.batch(ledger, id);
      Session.verifyRows(ledger, batch, "use the parts that were published");
      export(
          ledger.of(batch).unpublished(),
          new Export(ledger, directory, settings.outputs().neutralised()),
          batch,
          ledger.of(batch).parts().stream()
              .filter(part -> wanted.contains(part.output()))
              .toList());
      return ExitCode.OK;
    }
  }

  private Set<Output> wanted() {
    Set<Output> wanted = new TreeSet<>();
    for (String name : outputs) {
      wanted.add(
          Stream.of(Output.values())
              .filter(output -> output.word().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--output: expected success or dead-letter but found " + name)));
    }
    return wanted.isEmpty() ? Set.of(Output.values()) : wanted;
  }

  /**
   * @param unpublished rows that have ended and are in no output yet
   */
  private static void export(long unpublished, Export export, Batch batch, List<Part> parts)
      throws IOException {
    int published = 0;
    for (Part part : parts) {
      if (part.file() != null) {
        published++;
        print(export.write(batch, part));
      }
    }
    if (published == 0) {
      System.out.println(
          "Nothing of batch "
              + batch.id()
              + " is published yet."
              + (unpublished == 0
                  ? ""
                  : " The "
                      + Count.of(unpublished, "row")
                      + " that ended are in the ledger: serve, or the same run, writes them to the"
                      + " outputs."));
    } else if (!batch.complete()) {
      System.out.println(
          "Batch " + batch.id() + " is not complete: what is published later is not among these.");
    }
  }

  private static void print(Export.Written written) {
    System.out.println(
        written.file()
            + ", "
            + Count.of(written.rows(), "row")
            + (written.same()
                ? ""
                : ", other bytes than were published: facedrop.csv.formulas was another then"));
  }
}
