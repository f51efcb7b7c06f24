package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.model.Admission;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Manifests that are read at once, which only their acceptance can tell apart. */
class AcceptOnceTest extends AuditedLedger {
  private static final Admission ONCE =
      accepted -> {
        if (!accepted.isEmpty()) {
          throw new ManifestRejectedException("DUPLICATE_MANIFEST", "", "", "", 0);
        }
      };

  @Test
  void ofOneContentThatIsReadTwiceAtOnceTheSecondIsRefused() throws Exception {
    long first = loading(".work/E-1/a.csv");
    long second = loading(".work/E-2/b.csv");
    Batch batch = bench.ledger.acceptance().accept(first, LedgerBench.SHA256, ONCE).orElseThrow();

    assertThatThrownBy(() -> bench.ledger.acceptance().accept(second, LedgerBench.SHA256, ONCE))
        .isInstanceOf(ManifestRejectedException.class);

    bench.ledger.acceptance().discard(second);
    assertThat(bench.ledger.openBatches()).containsExactly(batch);
    assertThat(bench.see("select count(*) from batch")).isEqualTo(1);
  }

  @Test
  void itIsDecidedByWhatIsAcceptedAndNotByWhatIsRead() throws Exception {
    loading(".work/E-1/a.csv");
    long second = loading(".work/E-2/b.csv");
    List<Batch> seen = new ArrayList<>();

    assertThat(bench.ledger.acceptance().accept(second, LedgerBench.SHA256, seen::addAll))
        .isPresent();

    assertThat(seen).isEmpty();
  }

  @Test
  void aFileThatWasAcceptedMeanwhileIsNoDuplicateOfItself() throws Exception {
    long first = loading(".work/E-1/a.csv");
    long again = loading(".work/E-1/a.csv");
    bench.ledger.acceptance().accept(first, LedgerBench.SHA256, ONCE);

    assertThat(bench.ledger.acceptance().accept(again, LedgerBench.SHA256, ONCE)).isEmpty();

    bench.ledger.acceptance().discard(again);
    assertThat(bench.see("select count(*) from batch")).isEqualTo(1);
  }

  private long loading(String source) {
    long number =
        bench
            .ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName("a.csv", "a", Format.CSV, false),
                    "",
                    Path.of(source),
                    true,
                    new Layout(Format.CSV, ',', "image_url,name"),
                    LedgerBench.SHA256));
    bench.ledger.acceptance().add(number, LedgerBench.group(0, List.of(LedgerBench.url(0))));
    return number;
  }
}
