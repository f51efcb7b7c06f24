package io.facedrop.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for the addresses in the configuration. */
final class Addresses {
  private static final int HIGHEST_PORT = 65_535;

  private Addresses() {}

  /** The API's address without a trailing slash. */
  static URI baseUrl(String text) {
    URI uri = absolute(text.replaceAll("/+$", ""));
    boolean loopback = isLoopback(uri.getHost());
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
      throw new IllegalArgumentException(
          "must begin with https:// (http:// is for a loopback host only)");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("must be an address without user, query and fragment");
    }
    if (uri.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("must have a port of at most " + HIGHEST_PORT);
    }
    return uri;
  }

  /** A proxy's address; null for none. */
  static URI proxy(String text) {
    if (text.isEmpty()) {
      return null;
    }
    URI uri = absolute(text);
    boolean bare = text.matches("http://[^/?#@]+/?");
    if (!bare || uri.getPort() < 1 || uri.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("must be empty or http://host:port");
    }
    return uri;
  }

  /** The Camel endpoint URI of an output. */
  static String output(String text) {
    if (directoryOf(text) == null) {
      throw new IllegalArgumentException("must begin with file: and name a directory");
    }
    return text;
  }

  /** Faults for outputs inside the inbox, which would be picked up as manifests again. */
  static List<String> outputsInside(String inbox, Map<String, String> resolved, Mask mask) {
    Path watched = directoryOf("file:" + inbox);
    if (watched == null) {
      return List.of();
    }
    return Stream.of("success", "dead-letter", "report", "rejected", "archive")
        .map(output -> "facedrop." + output + ".uri")
        .filter(key -> isInside(watched, directoryOf(resolved.getOrDefault(key, ""))))
        .map(
            key ->
                key
                    + " must not lie inside facedrop.inbox, or its files would be picked up again,"
                    + " but is "
                    + mask.quoted(resolved.get(key)))
        .collect(Collectors.toList());
  }

  private static boolean isInside(Path watched, Path directory) {
    return directory != null && directory.startsWith(watched);
  }

  /** The directory of a {@code file:} endpoint; null where the text names none. */
  private static Path directoryOf(String fileUri) {
    if (!fileUri.startsWith("file:")) {
      return null;
    }
    String path =
        fileUri.substring("file:".length()).replaceFirst("^//", "").replaceFirst("\\?.*", "");
    try {
      return path.isBlank() ? null : Path.of(path).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static URI absolute(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() == null || uri.getHost() == null) {
        throw new IllegalArgumentException("must be an absolute address");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be an absolute address", e);
    }
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
  }
}
