package io.facedrop.operator;

import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How it stands at one moment.
 *
 * @param worker the process that works on the ledger, in words; null when none does
 * @param gate in use
 * @param batches the newest, and every other that is open
 * @param outputs that were written to, or could not be
 * @param sftp servers that are watched
 * @param nodes that work, and those that have ended within the hour
 * @param rejected manifests that were rejected within the day
 * @param problems that want an operator
 * @param standstill why no row ends although some are open; empty when rows end, or none is open
 */
public record Overview(
    Instant at,
    String worker,
    GateView gate,
    List<BatchProgress> batches,
    List<Link> outputs,
    List<Link> sftp,
    List<Node> nodes,
    RejectedLately rejected,
    List<Problem> problems,
    String standstill) {

  /** The same, with the batches that are open before those that are complete. */
  public Overview withOpenFirst() {
    return new Overview(
        at,
        worker,
        gate,
        batches.stream()
            .sorted(Comparator.comparing(progress -> progress.batch().complete()))
            .toList(),
        outputs,
        sftp,
        nodes,
        rejected,
        problems,
        standstill);
  }

  /** Where nothing was worked yet, or nobody looks in the right place. */
  public static Overview withoutLedger(Instant at, String words) {
    return new Overview(
        at,
        null,
        GateView.OPEN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        RejectedLately.NONE,
        List.of(new Problem("no-ledger", words)),
        "");
  }
}
