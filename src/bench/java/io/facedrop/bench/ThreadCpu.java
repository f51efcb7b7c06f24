package io.facedrop.bench;

import java.util.Map;
import java.util.TreeMap;

/** CPU time of a process by kind of thread, looked at now and then while it lives. */
final class ThreadCpu {
  private final Map<String, ProcFile.ThreadTime> threads = new TreeMap<>();

  /** What a thread does between the last look and its end is not seen. */
  void look(long pid) {
    threads.putAll(ProcFile.threads(pid));
  }

  /** Seconds by name, as Linux cuts it, without the numbers of a pool. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    threads
        .values()
        .forEach(
            thread ->
                seconds.merge(
                    thread.name().replaceAll("[-#]*\\d*$", ""), thread.seconds(), Double::sum));
    return seconds;
  }
}
