package io.facedrop.command;

import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.SettingsFile;
import io.facedrop.console.PortTakenException;
import io.facedrop.integration.RoutesException;
import io.facedrop.ledger.fault.DamagedLedgerException;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** All commands under one name. */
@Command(
    name = "facedrop",
    description =
        "Drop a manifest of image URLs into a folder, get face-detection results and dead letters"
            + " out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  facedrop demo                         see how it works, without a key",
      "  CRUN_API_KEY=… facedrop check a.csv   show what a.csv would cost",
      "  CRUN_API_KEY=… facedrop run a.csv     process a.csv",
      "  CRUN_API_KEY=… facedrop serve         process what is dropped into data/inbox",
      "",
      "Here, facedrop means java -jar target/facedrop.jar. application.properties describes all",
      "settings. help COMMAND describes one command."
    })
public final class CommandTree implements Runnable {
  private static final int HELP_WIDTH = 120;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      mapFallbackValue = "",
      description = "Set a property, with the same effect as before -jar.")
  void setProperties(Map<String, String> properties) {
    properties.forEach(System::setProperty);
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Read the settings from FILE instead of ./application.properties.")
  void setConfig(Path file) {
    System.setProperty(SettingsFile.PLACE, file.toString());
  }

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private CommandTree() {}

  /** Runs one command and returns its exit code. */
  public static int run(Stop stop, String... args) {
    CommandLine sandbox = new CommandLine(new SandboxCommand(stop));
    SandboxCommand.describeTokens(sandbox);
    CommandLine tree =
        new CommandLine(new CommandTree())
            .addSubcommand(new ServeCommand(stop))
            .addSubcommand(new RunCommand(stop))
            .addSubcommand(new CheckCommand())
            .addSubcommand(new StatusCommand(stop))
            .addSubcommand(new ShowCommand())
            .addSubcommand(new HoldCommand())
            .addSubcommand(new ResumeCommand())
            .addSubcommand(new CancelCommand())
            .addSubcommand(new RedropCommand(stop))
            .addSubcommand(new ExportCommand())
            .addSubcommand(new DemoCommand(stop))
            .addSubcommand(sandbox)
            .addSubcommand(new CommandLine.HelpCommand());
    tree.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    tree.setUsageHelpWidth(HELP_WIDTH);
    tree.registerConverter(Path.class, CommandTree::path);
    return tree.setExecutionExceptionHandler(
            (failure, command, parsed) ->
                stop.interrupted() ? ExitCode.RESUMABLE : explain(failure, command, parsed))
        .execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static Path path(String text) {
    try {
      return Arguments.path(text);
    } catch (UsageException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof CommandLine.ParameterException usage) {
      err.println(Cause.of(usage));
      return ExitCode.USAGE;
    }
    if (failure instanceof UsageException
        || failure instanceof RoutesException
        || failure instanceof PortTakenException
        || failure instanceof RefusedLedgerException
        || failure instanceof DamagedLedgerException) {
      err.println("facedrop: " + Cause.of(failure));
      return ExitCode.USAGE;
    }
    if (failure instanceof InvalidSettingsException settings) {
      err.println("facedrop: the configuration cannot be used:");
      settings.faults().forEach(fault -> err.println("  - " + fault));
      return ExitCode.USAGE;
    }
    if (failure instanceof LedgerException) {
      err.println("facedrop: " + Cause.of(failure));
      return ExitCode.INTERNAL;
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println("facedrop: " + Cause.whole(failure));
      return ExitCode.INTERNAL;
    }
    err.println("facedrop failed, and this is a fault of its own; please report these lines:");
    failure.printStackTrace(err);
    return ExitCode.INTERNAL;
  }
}
