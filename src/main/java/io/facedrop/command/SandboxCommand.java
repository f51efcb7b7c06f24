package io.facedrop.command;

import io.facedrop.sandbox.HttpStatusStyle;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.words.Cause;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the stand-in for the API. */
@Command(
    name = "sandbox",
    description = "Serve a stand-in for the face-detection API, to try facedrop without a key.",
    footerHeading = "%nA word in the path of an image URL asks for a particular answer:%n")
public final class SandboxCommand implements Callable<Integer> {
  private static final long MOST = 1_000_000_000;
  private static final Duration FOREVER = Duration.ofDays(365_000);

  @Option(
      names = "--port",
      defaultValue = "8089",
      description = "Port to listen on; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Host to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "0ms",
      description = "Delay of every answer (default: ${DEFAULT-VALUE}).")
  private String latency;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Requests per second above which it answers code 429; 0 for no limit (default).")
  private int limit;

  @Option(
      names = "--credits",
      paramLabel = "N",
      description = "Number of tasks after which it answers code 402.")
  private Long credits;

  @Option(
      names = "--failures",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of POSTs that it answers with code 500, from 0 to 1 (default: 0).")
  private double failures;

  @Option(
      names = "--mirror-status",
      description = "Use the code as HTTP status too, instead of always 200.")
  private boolean mirrorStatus;

  @Option(
      names = "--task-duration",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "How long a detection task runs (default: ${DEFAULT-VALUE}).")
  private String taskDuration;

  @Option(
      names = "--accept-key",
      paramLabel = "KEY",
      description = "Accept only this key; repeat the option for several keys.")
  private Set<String> keys = Set.of();

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Append every request to this file, with its headers and body, one JSON object per line."
              + " Of a key it only says that it is there.")
  private Path journal;

  @Spec private CommandSpec spec;

  private final Stop stop;

  public SandboxCommand(Stop stop) {
    this.stop = stop;
  }

  /** Puts the words that the sandbox knows under its help, once somebody asks for that. */
  static void describeTokens(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER,
            help ->
                Sandbox.tokens().stream()
                    .map(
                        token ->
                            String.format(
                                Locale.ROOT, "  %-24s %s%n", token.name(), token.description()))
                    .collect(Collectors.joining()));
  }

  @Override
  public Integer call() throws Exception {
    Arguments.verifyRange("--port", port, 0, 65_535);
    Arguments.verifyRange("--limit", limit, 0, MOST);
    Arguments.verifyRange("--credits", credits == null ? 0 : credits, 0, MOST);
    if (!(failures >= 0 && failures <= 1)) {
      throw new UsageException("--failures must be from 0 to 1 but is " + failures);
    }
    if (journal != null) {
      Destination.verifyJournal(journal);
    }
    SandboxOptions options =
        SandboxOptions.defaults()
            .withHost(host)
            .withPort(port)
            .withLatency(Arguments.duration("--latency", latency))
            .withRequestsPerSecond(limit)
            .withFailureShare(failures)
            .withHttpStatus(mirrorStatus ? HttpStatusStyle.MIRRORED : HttpStatusStyle.ALWAYS_200)
            .withTaskDuration(Arguments.duration("--task-duration", taskDuration))
            .withAcceptedKeys(keys)
            .withJournal(journal);
    try (Sandbox sandbox =
        Sandbox.start(credits == null ? options : options.withCredits(credits))) {
      System.out.println("A sandbox, not the real API, listens on " + sandbox.baseUri());
      System.out.println("Point facedrop.api.base-url at it; any key will do. Ctrl-C ends it.");
      stop.await(FOREVER);
      System.out.printf(
          Locale.ROOT,
          "%,d POSTs, %,d result queries, %,d balance queries%n",
          sandbox.posts(),
          sandbox.results(),
          sandbox.balances());
    } catch (UncheckedIOException e) {
      throw new UsageException(Cause.of(e));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), Cause.of(e));
    }
    return ExitCode.OK;
  }
}
