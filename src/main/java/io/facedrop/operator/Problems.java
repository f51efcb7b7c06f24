package io.facedrop.operator;

import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.view.Expected;
import io.facedrop.words.Count;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Collects what wants an operator, in words. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  List<Problem> found() {
    return List.copyOf(found);
  }

  void add(String code, String message) {
    found.add(new Problem(code, message));
  }

  /** Nobody works although something is to be done. */
  void worker(String worker, List<Batch> open) {
    if (worker == null && !open.isEmpty()) {
      add(
          "no-worker",
          "nobody works on the ledger although "
              + Count.of(open.size(), "batch", "is", "are")
              + " open: start serve, or run the manifest again");
    }
  }

  /** Nobody works, so what was dropped again stays where it is. */
  void redrops(List<Redrop.Waiting> waiting) {
    waiting.forEach(
        one ->
            add(
                "no-worker",
                "nobody works on the ledger although "
                    + Count.of(one.rows(), "row")
                    + " of batch "
                    + one.batch()
                    + (one.rows() == 1 ? " was" : " were")
                    + " dropped again and "
                    + (one.rows() == 1 ? "waits" : "wait")
                    + ": start serve, or remove the folder "
                    + one.folder()
                    + " to take that back"));
  }

  void gate(GateView gate) {
    if (gate.isHalted()) {
      String said = gate.message().isEmpty() ? "" : " (the API says: " + gate.message() + ")";
      add(
          "gate-halted",
          "the gate is halted since "
              + gate.since().truncatedTo(ChronoUnit.SECONDS)
              + " by "
              + gate.cause()
              + said
              + ": "
              + gate.advice());
    }
    if (gate.isRouteFailing()) {
      add(
          "route-failing",
          "a step of the routes fails for rows, so none is sent ("
              + gate.cause().replace(Signal.STEP_FAILED, "")
              + "): correct the file in ./routes, look at it with check, and restart facedrop");
    }
  }

  void batches(List<Batch> open) {
    open.stream().filter(Batch::held).forEach(batch -> add("batch-held", batch.holdNews()));
    open.stream()
        .filter(batch -> batch.api().elsewhere())
        .forEach(batch -> add("batch-elsewhere", batch.elsewhereNews()));
  }

  void outputs(List<Link> outputs) {
    outputs.stream()
        .filter(link -> !link.trouble().isEmpty())
        .forEach(link -> add("output-failing", failing(link)));
  }

  void sftp(List<Link> servers) {
    servers.stream()
        .filter(link -> !link.trouble().isEmpty())
        .forEach(link -> add("sftp-failing", failing(link)));
  }

  private static String failing(Link link) {
    return link.place()
        + ": failing since "
        + link.since().truncatedTo(ChronoUnit.SECONDS)
        + ", "
        + link.trouble();
  }

  /** An inbox that serve cannot pick anything up from. */
  void inbox(List<Link> inbox) {
    inbox.stream()
        .filter(link -> !link.trouble().isEmpty())
        .forEach(
            link ->
                add(
                    "inbox-gone",
                    "the "
                        + link.place()
                        + " "
                        + link.trouble()
                        + "; it is so since "
                        + link.since().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Manifests that nobody picks up yet, in words. */
  void waiting(List<String> manifests) {
    manifests.forEach(words -> add("manifest-waits", words));
  }

  /**
   * A volume that is not mounted leaves an empty folder behind, or none.
   *
   * @param batches some of whose manifests may have been picked up from this inbox
   */
  void manifests(Path inbox, List<Batch> batches) {
    List<Batch> pickedUp = batches.stream().filter(Batch::archive).toList();
    pickedUp.stream()
        .filter(batch -> !batch.complete() && batch.archivedAt() == null)
        .map(batch -> inbox.resolve(batch.source()))
        .filter(Files::notExists)
        .findFirst()
        .ifPresent(
            gone ->
                add(
                    "manifest-gone",
                    gone
                        + " is gone although its batch is open: is the volume of the inbox mounted?"
                        + " The rows are in the ledger and go on; it is archived when it is there again"));
  }

  /** What has missed its deadline and may still come. */
  void expected(List<Expected> expected) {
    expected.stream()
        .filter(one -> one.state() == Expected.State.LATE)
        .forEach(
            one ->
                add(
                    "manifest-late",
                    one.files()
                        + " has not come; it was expected ("
                        + one.name()
                        + ") by "
                        + one.deadline()));
  }

  void disks(List<String> warnings) {
    warnings.forEach(warning -> add("disk-nearly-full", warning));
  }
}
