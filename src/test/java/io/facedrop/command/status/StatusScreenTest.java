package io.facedrop.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.live.Cells;
import io.facedrop.command.live.Terminal;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Node;
import io.facedrop.ledger.view.Rejected;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.GateView;
import io.facedrop.operator.Overview;
import io.facedrop.operator.Problem;
import io.facedrop.operator.RejectedLately;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");
  private static final String NAME = "orders-of-a-customer-with-a-long-name-2026-11-30-%02d.csv";

  @ParameterizedTest
  @CsvSource({"80,24", "80,10", "100,30", "120,40", "200,50", "60,24"})
  void everyBatchTakesALineAndTheHeadStays(int columns, int rows) {
    List<String> lines = screen(columns, rows, 60);

    assertThat(lines.get(0)).isEqualTo("worker: process 7");
    assertThat(lines.get(1)).isEqualTo("gate: open");
    assertThat(lines).hasSizeLessThan(rows);
    assertThat(lines)
        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(columns));
    assertThat(lines.get(3)).as("what is open comes first").contains("  open  ", " 100,000  ");
    assertThat(lines).anyMatch(line -> line.startsWith("! a disk is nearly full"));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("left out: ")
        .contains(" batches, 5 rejected manifests; status");
  }

  @Test
  void eightyColumnsShowWhatMattersMost() {
    assertThat(screen(80, 24, 60).subList(2, 5))
        .containsExactly(
            "batch     state        rows  succeeded    dead    open  ends in  manifest",
            "0000003b  open      100,000     80,000  10,000  10,000   1h 10m  orders...59.csv",
            "0000003a  complete  100,000     90,000  10,000       0           orders...58.csv");
  }

  @Test
  void onATerminalOpenBatchesComeFirstAlsoWhereAllHaveRoom() {
    Overview overview =
        overview(List.of(batch(3, "3-c", false), batch(2, "2-b"), batch(1, "1-a", false)));
    StatusScreen screen = new StatusScreen(overview, new Terminal.Size(120, 40));

    for (List<String> lines : List.of(screen.lines(), screen.all())) {
      assertThat(lines.subList(3, 6))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .containsExactly("2-b", "3-c", "1-a");
    }
    assertThat(new StatusScreen(overview, Terminal.Size.ENDLESS).all().get(3))
        .as("elsewhere the newest")
        .startsWith("3-c ");
  }

  @Test
  void whatFitsIsAllThere() {
    assertThat(screen(160, 40, 3))
        .hasSize(12)
        .noneMatch(line -> line.contains("left out"))
        .anyMatch(line -> line.startsWith("20261130T070000Z-00000002  open "));
  }

  @Test
  void problemsTakeTheRoomThatFewBatchesLeave() {
    List<Problem> problems =
        IntStream.range(0, 30).mapToObj(n -> new Problem("batch-held", "batch " + n)).toList();

    List<String> lines =
        new StatusScreen(overview(batches(2), problems), new Terminal.Size(80, 24)).lines();

    assertThat(lines)
        .hasSize(23)
        .contains("! batch 0", "! batch 16")
        .anyMatch(line -> line.startsWith("left out: 5 rejected manifests, 13 problems; "));
  }

  @Test
  void onlyWhatIsListedWithoutWatchIsCountedAsLeftOut() {
    Rejected rejected = new Rejected(rejected(), 95);

    assertThat(screen(80, 20, 60, rejected, 0))
        .anyMatch(line -> line.startsWith("left out: 46 batches, 5 rejected manifests; "));
    assertThat(screen(80, 18, 3, rejected, 0))
        .hasSize(13)
        .contains("rejected: 95 more manifests within a day, kept with their reasons");
    assertThat(screen(80, 12, 3, rejected, 0))
        .contains("rejected: 95 more manifests within a day, kept with their reasons")
        .contains("rejected: m1.csv: EMPTY_FILE, empty; kept as m")
        .anyMatch(line -> line.startsWith("left out: 3 rejected manifests; "));
  }

  @Test
  void manyNodesLeaveRoomForTheBatches() {
    List<String> lines = screen(120, 24, 60, new Rejected(rejected(), 0), 40);

    assertThat(lines).hasSize(23).contains("worker: process 7", "gate: open");
    assertThat(lines).filteredOn(line -> line.startsWith("node ")).hasSize(10);
    assertThat(lines).filteredOn(line -> line.contains("  orders")).hasSizeGreaterThan(3);
    assertThat(lines.get(lines.size() - 1))
        .startsWith("left out: 30 nodes, ")
        .endsWith("; status without --watch shows them");
  }

  @Test
  void manyNodesTakeTheRoomThatNothingElseNeeds() {
    List<String> lines = screen(120, 24, 3, new Rejected(List.of(), 0), 40);

    assertThat(lines).hasSize(23).filteredOn(line -> line.startsWith("node ")).hasSize(15);
    assertThat(lines.get(lines.size() - 1)).startsWith("left out: 25 nodes; ");
  }

  @Test
  void batchesOfTheSameContentAreToldApart() {
    Overview overview =
        overview(
            List.of(batch(1, "20261130T060000Z-7f3a91c2"), batch(2, "20261130T050000Z-7f3a91c2")));

    assertThat(new StatusText(overview, 80).lines())
        .anyMatch(line -> line.startsWith("20261130T060000Z  "))
        .anyMatch(line -> line.startsWith("20261130T050000Z  "));
  }

  @Test
  void withoutATerminalNothingIsShortened() {
    List<String> lines = new StatusText(overview(batches(60)), Integer.MAX_VALUE).lines();

    assertThat(lines).hasSize(60 + 9);
    assertThat(lines.get(3))
        .isEqualTo(
            "20261130T070000Z-0000003b   open          100,000      80,000      10,000      10,000"
                + "           5       2.5  2026-11-30T08:10:00Z  "
                + String.format(NAME, 59));
  }

  private static List<String> screen(int columns, int rows, int batches) {
    return new StatusScreen(overview(batches(batches)), new Terminal.Size(columns, rows)).lines();
  }

  private static List<String> screen(
      int columns, int rows, int batches, Rejected rejected, int nodes) {
    Overview overview =
        new Overview(
            NOW,
            "7",
            GateView.OPEN,
            batches(batches),
            List.of(),
            List.of(),
            IntStream.range(0, nodes).mapToObj(StatusScreenTest::node).toList(),
            new RejectedLately(rejected),
            List.of(new Problem("disk-nearly-full", "a disk is nearly full")),
            "");
    return new StatusScreen(overview, new Terminal.Size(columns, rows)).lines();
  }

  private static Node node(int number) {
    return new Node(number, "node-" + number, number, NOW, NOW.plusSeconds(30), null, 0, 0);
  }

  private static List<BatchProgress> batches(int count) {
    return IntStream.iterate(count - 1, n -> n >= 0, n -> n - 1)
        .mapToObj(n -> batch(n, String.format("20261130T070000Z-%08x", n), n == count - 1))
        .toList();
  }

  private static BatchProgress batch(int number, String id) {
    return batch(number, id, true);
  }

  private static BatchProgress batch(int number, String id, boolean open) {
    String manifest = String.format(NAME, number);
    Batch batch =
        new Batch(
            number,
            id,
            manifest,
            "orders",
            "",
            Path.of(manifest),
            true,
            new Batch.Api("https://api.example", false, false),
            new Layout(Format.CSV, ',', "image_url"),
            "5eed1e55".repeat(8),
            100_000,
            0,
            0,
            0,
            open ? 80_000 : 90_000,
            10_000,
            100_000,
            null,
            false,
            NOW,
            null,
            null,
            open ? null : NOW);
    return open
        ? new BatchProgress(batch, "open", 5, 80_000, 2.5, NOW.plusSeconds(4_200))
        : new BatchProgress(batch, "complete", 0, 90_000, 0, null);
  }

  private static Overview overview(List<BatchProgress> batches) {
    return overview(batches, List.of(new Problem("disk-nearly-full", "a disk is nearly full")));
  }

  private static Overview overview(List<BatchProgress> batches, List<Problem> problems) {
    return new Overview(
        NOW,
        "7",
        GateView.OPEN,
        batches,
        List.of(),
        List.of(),
        List.of(),
        new RejectedLately(new Rejected(rejected(), 0)),
        problems,
        "");
  }

  private static List<Rejected.Manifest> rejected() {
    return IntStream.range(0, 5)
        .mapToObj(n -> new Rejected.Manifest("m" + n + ".csv", "EMPTY_FILE", "empty", 0, NOW, "m"))
        .toList();
  }
}
