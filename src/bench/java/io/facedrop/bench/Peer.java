package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people would use instead: all have the same arguments and say how long their timed part
 * took.
 *
 * @param program the command without the arguments
 * @param probe a command that succeeds where the program can run
 */
record Peer(String name, double share, boolean getsWarm, List<String> program, List<String> probe)
    implements Contender {
  private static final Pattern SECONDS = Pattern.compile("^seconds ([0-9.]+)$", Pattern.MULTILINE);

  @Override
  public String missing() {
    try {
      Process process =
          new ProcessBuilder(probe)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0 ? "" : String.join(" ", probe);
    } catch (IOException e) {
      return String.join(" ", probe);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while asking for " + name, e);
    }
  }

  @Override
  public List<String> command(Assignment assignment) {
    List<String> command = new ArrayList<>(program);
    command.add(assignment.manifest().toString());
    command.add(assignment.folder().toString());
    command.add(assignment.baseUrl());
    command.add(String.valueOf(assignment.scenario().concurrency()));
    command.add(assignment.warmUp() == null ? "-" : assignment.warmUp().toString());
    return command;
  }

  @Override
  public Path successes(Path folder) {
    return folder.resolve("success.csv");
  }

  @Override
  public Path deadLetters(Path folder) {
    return folder.resolve("dead-letter.csv");
  }

  @Override
  public double timedSeconds(String said, double wallSeconds) {
    Matcher seconds = SECONDS.matcher(said);
    return seconds.find() ? Double.parseDouble(seconds.group(1)) : wallSeconds;
  }
}
