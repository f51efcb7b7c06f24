package io.facedrop.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for the addresses of folders on SFTP servers. */
final class SftpAddress {
  private static final String FORM = "must be sftp://user@host:port/folder";
  private static final int USUAL_PORT = 22;

  /** Camel's options that can make neither a secret public nor a server trusted. */
  private static final Set<String> OPTIONS = Set.of("privateKeyFile", "chmod", "chmodDirectory");

  private SftpAddress() {}

  /** The address of a folder, without a trailing slash and options; empty for none. */
  static String orNone(String text) {
    if (text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException(FORM + " without options");
    }
    return text.isEmpty() ? text : of(text.replaceAll("/+$", ""));
  }

  /** The Camel endpoint URI of a folder. */
  static String of(String text) {
    URI uri = Addresses.absolute(text);
    String path = uri.getPath();
    if (!Addresses.isSftp(text) || uri.getUserInfo() == null || path.matches("/?")) {
      throw new IllegalArgumentException(FORM);
    }
    if (path.startsWith("//")) {
      throw new IllegalArgumentException(FORM + ", the folder below the account's home");
    }
    if (path.matches(".*[*?\\\\\\p{Cntrl}].*")) {
      throw new IllegalArgumentException(FORM + ", the folder without * ? and \\");
    }
    if (uri.getRawPath().matches("(?i).*%2[5f].*") || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(FORM + ", the folder without #, %25 and %2F");
    }
    if (uri.getUserInfo().contains(":")) {
      throw new IllegalArgumentException(FORM + ", with the password in facedrop.sftp.password");
    }
    if (uri.getPort() > Addresses.HIGHEST_PORT) {
      throw new IllegalArgumentException("must have a port of at most " + Addresses.HIGHEST_PORT);
    }
    refuseOptions(uri.getRawQuery());
    return text;
  }

  private static void refuseOptions(String query) {
    boolean known =
        query == null
            || Stream.of(query.split("&"))
                .map(option -> option.replaceFirst("=.*", ""))
                .allMatch(OPTIONS::contains);
    if (!known) {
      throw new IllegalArgumentException(
          "must have no options but privateKeyFile, chmod and chmodDirectory; passwords and host"
              + " keys belong into facedrop.sftp.*");
    }
  }

  /** Faults for outputs inside the watched folder, which would be picked up and paid for again. */
  static List<String> outputsInside(String watched, Map<String, String> resolved, Mask mask) {
    return Addresses.OUTPUTS.stream()
        .filter(key -> isInside(watched, resolved.getOrDefault(key, "")))
        .map(
            key ->
                key
                    + " must not lie inside facedrop.sftp.uri, or its files would be picked up"
                    + " again, but is "
                    + mask.quoted(resolved.get(key)))
        .collect(Collectors.toList());
  }

  /** Two accounts of a server may have the same home, so the user does not count. */
  private static boolean isInside(String watched, String output) {
    if (!Addresses.isSftp(output)) {
      return false;
    }
    URI folder = URI.create(watched).normalize();
    URI place = URI.create(output).normalize();
    return folder.getHost().equalsIgnoreCase(place.getHost())
        && port(folder) == port(place)
        && (place.getPath() + "/")
            .toLowerCase(Locale.ROOT)
            .startsWith((folder.getPath() + "/").toLowerCase(Locale.ROOT));
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
  }
}
