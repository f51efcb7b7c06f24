package io.facedrop.config;

import io.facedrop.words.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of all knobs. */
final class Keys {
  static final List<String> KNOWN =
      List.of(
          "facedrop.api.base-url",
          "facedrop.api.key",
          "facedrop.api.key-file",
          "facedrop.api.rate",
          "facedrop.api.query-rate",
          "facedrop.api.concurrency",
          "facedrop.api.connect-timeout",
          "facedrop.api.response-timeout",
          "facedrop.api.proxy",
          "facedrop.api.proxy-user",
          "facedrop.api.proxy-password",
          "facedrop.api.proxy-password-file",
          "facedrop.api.client-certificate",
          "facedrop.api.client-certificate-password",
          "facedrop.api.client-certificate-password-file",
          "facedrop.retry.max-attempts",
          "facedrop.retry.initial-delay",
          "facedrop.retry.max-delay",
          "facedrop.gate.trip-after",
          "facedrop.gate.probe-interval",
          "facedrop.gate.max-pause",
          "facedrop.in-doubt",
          "facedrop.batch.hold-after",
          "facedrop.faces.await",
          "facedrop.faces.deadline",
          "facedrop.faces.poll-ages",
          "facedrop.faces.poll-interval",
          "facedrop.faces.open-tasks",
          "facedrop.inbox",
          "facedrop.inbox.done-file",
          "facedrop.inbox.ignore",
          "facedrop.sftp.uri",
          "facedrop.sftp.password",
          "facedrop.sftp.password-file",
          "facedrop.sftp.key-file",
          "facedrop.sftp.passphrase",
          "facedrop.sftp.passphrase-file",
          "facedrop.sftp.known-hosts",
          "facedrop.sftp.host-key-checking",
          "facedrop.sftp.ssh-rsa",
          "facedrop.sftp.timeout",
          "facedrop.sftp.poll-interval",
          "facedrop.sftp.quiet-time",
          "facedrop.sftp.done-file",
          "facedrop.manifest.column",
          "facedrop.manifest.charset",
          "facedrop.manifest.checksum",
          "facedrop.manifest.max-record",
          "facedrop.manifest.max-columns",
          "facedrop.manifest.max-rows",
          "facedrop.manifest.max-bytes",
          "facedrop.image.max-url",
          "facedrop.image.allow-hosts",
          "facedrop.image.deny-hosts",
          "facedrop.image.private-addresses",
          "facedrop.duplicate-manifest",
          "facedrop.duplicate-window",
          "facedrop.duplicate-urls",
          "facedrop.success.uri",
          "facedrop.dead-letter.uri",
          "facedrop.report.uri",
          "facedrop.rejected.uri",
          "facedrop.archive.uri",
          "facedrop.acknowledge",
          "facedrop.csv.formulas",
          "facedrop.publish.interval",
          "facedrop.report.contact-sheet",
          "facedrop.ledger.url",
          "facedrop.node.name",
          "facedrop.node.lease",
          "facedrop.ledger.username",
          "facedrop.ledger.password",
          "facedrop.ledger.password-file",
          "facedrop.ledger.retention",
          "facedrop.events.uri",
          "facedrop.events.uri-file",
          "facedrop.console.host",
          "facedrop.console.port",
          "facedrop.console.allowed-hosts",
          "facedrop.console.token-file",
          "facedrop.console.viewer-token-file",
          "facedrop.log.format");

  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
  private static final int LARGEST_SLIP = 3;

  private Keys() {}

  /** Faults for names that are not known, each with the nearest known one. */
  static List<String> unknown(PropertySource source) {
    List<String> known =
        Stream.concat(
                KNOWN.stream(), ExpectSettings.keys(ExpectSettings.names(source.names())).stream())
            .toList();
    Stream<String> names =
        source.names().stream()
            .filter(name -> !known.contains(name))
            .map(name -> unknown(name, known));
    Stream<String> variables =
        PropertySource.variables().stream()
            .filter(name -> known.stream().map(PropertySource::variableOf).noneMatch(name::equals))
            .filter(name -> isMistyped(name, known))
            .map(name -> unknownVariable(name, known));
    return Stream.of(names, variables, slips(source, known))
        .flatMap(faults -> faults)
        .collect(Collectors.toList());
  }

  /** What is meant as ours, but its first word has a slip; everything else is somebody else's. */
  private static Stream<String> slips(PropertySource source, List<String> known) {
    Stream<String> names =
        source.foreign().stream()
            .filter(name -> Spelling.distance(name, Spelling.nearest(name, known)) <= LARGEST_SLIP)
            .map(name -> unknown(name, known));
    Stream<String> variables =
        PropertySource.foreignVariables().stream()
            .filter(name -> isNear(name, known))
            .map(name -> unknownVariable(name, known));
    return Stream.concat(names, variables);
  }

  private static String unknown(String name, List<String> known) {
    return name + " is not a known property; did you mean " + Spelling.nearest(name, known) + "?";
  }

  private static String unknownVariable(String name, List<String> known) {
    return "environment variable "
        + name
        + " stands for no known property; did you mean "
        + PropertySource.variableOf(Spelling.nearest(asKey(name), known))
        + "?";
  }

  private static boolean isNear(String variable, List<String> known) {
    return Spelling.distance(
            variable, PropertySource.variableOf(Spelling.nearest(asKey(variable), known)))
        <= LARGEST_SLIP;
  }

  /**
   * Whether an unknown variable is one of ours with a slip; others have their reasons, such as the
   * FACEDROP_PORT that Kubernetes sets for a service named facedrop.
   */
  private static boolean isMistyped(String variable, List<String> known) {
    boolean near = isNear(variable, known);
    if (!near) {
      LOG.warn("environment variable {} stands for no property and is ignored", variable);
    }
    return near;
  }

  private static String asKey(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
