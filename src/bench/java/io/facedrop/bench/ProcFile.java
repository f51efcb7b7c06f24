package io.facedrop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Linux tells of processes under /proc; zero where there is no such thing. */
final class ProcFile {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 11;
  private static final int CHILDREN_USER_TIME = 13;

  private ProcFile() {}

  /** CPU seconds of a live process, without children. */
  static double cpuSeconds(long pid) {
    return seconds(read("/proc/" + pid + "/stat"), USER_TIME);
  }

  /** CPU seconds of a live process, and of all that it has started, ended or not. */
  static double treeCpuSeconds(long pid) {
    String stat = read("/proc/" + pid + "/stat");
    double used = seconds(stat, USER_TIME) + seconds(stat, CHILDREN_USER_TIME);
    for (long child : children(pid)) {
      used += treeCpuSeconds(child);
    }
    return used;
  }

  private static long[] children(long pid) {
    return Arrays.stream(read("/proc/" + pid + "/task/" + pid + "/children").split("\\s+"))
        .filter(child -> !child.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** What a thread has used. */
  record ThreadTime(String name, double seconds) {}

  /** The threads of a live process by their number. */
  static Map<String, ThreadTime> threads(long pid) {
    Map<String, ThreadTime> threads = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      tasks.forEach(task -> add(task, threads));
    } catch (IOException | UncheckedIOException gone) {
      return threads;
    }
    return threads;
  }

  private static void add(Path task, Map<String, ThreadTime> threads) {
    String stat = read(task + "/stat");
    if (!stat.isEmpty()) {
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      threads.put(task.getFileName().toString(), new ThreadTime(name, seconds(stat, USER_TIME)));
    }
  }

  /** CPU seconds of all processes that this one has started and that have ended. */
  static double endedChildrenCpuSeconds() {
    return seconds(read("/proc/self/stat"), CHILDREN_USER_TIME);
  }

  /** Peak resident memory of a live process and those that it has started, in KiB. */
  static long peakKib(long pid) {
    long peak =
        read("/proc/" + pid + "/status")
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    for (long child : children(pid)) {
      peak += peakKib(child);
    }
    return peak;
  }

  /** User and system time stand side by side, behind the name in brackets. */
  private static double seconds(String stat, int field) {
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
  }

  /** A process that has just ended, or a system without /proc, has nothing to say. */
  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
