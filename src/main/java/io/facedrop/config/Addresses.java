package io.facedrop.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules for the addresses in the configuration. */
final class Addresses {
  static final int HIGHEST_PORT = 65_535;

  static final List<String> OUTPUTS =
      List.of(
          "facedrop.success.uri",
          "facedrop.dead-letter.uri",
          "facedrop.report.uri",
          "facedrop.rejected.uri",
          "facedrop.archive.uri");

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
    if (isSftp(text)) {
      return SftpAddress.of(text);
    }
    if (directoryOf(text) == null) {
      throw new IllegalArgumentException(
          "must begin with file: and name a directory, or be sftp://user@host:port/folder");
    }
    Forms.asWritten(text.replaceFirst("\\?.*", ""));
    return text;
  }

  static boolean isSftp(String uri) {
    return uri != null && uri.startsWith("sftp:");
  }

  /** Faults for outputs inside the inbox, which would be picked up as manifests again. */
  static List<String> outputsInside(String inbox, Map<String, String> resolved, Mask mask) {
    Path watched = directoryOf("file:" + inbox);
    if (watched == null) {
      return List.of();
    }
    return OUTPUTS.stream()
        .filter(key -> isInside(watched, directoryOf(resolved.getOrDefault(key, ""))))
        .map(
            key ->
                key
                    + " must not lie inside facedrop.inbox, or its files would be picked up again,"
                    + " but is "
                    + mask.quoted(resolved.get(key)))
        .collect(Collectors.toList());
  }

  /** Faults for places where no directory can be made or written. */
  static List<String> unusable(Map<String, String> resolved) {
    List<String> faults = new ArrayList<>();
    place(faults, "facedrop.inbox", "file:" + resolved.get("facedrop.inbox"));
    OUTPUTS.forEach(key -> place(faults, key, resolved.getOrDefault(key, "")));
    return faults;
  }

  private static void place(List<String> faults, String key, String fileUri) {
    Path wanted = directoryOf(fileUri);
    Path existing = wanted;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing != null && !Files.isDirectory(existing)) {
      faults.add(key + " needs a directory, but " + existing + " is a file");
    } else if (existing != null && !Files.isWritable(existing)) {
      faults.add(key + " needs a directory, but " + existing + " cannot be written");
    } else if (existing != null && !existing.equals(wanted) && !takesDirectories(existing)) {
      faults.add(key + " needs a directory, but none can be made in " + existing);
    }
  }

  /** Makes one with another name and removes it, for only that shows whether one can be made. */
  private static boolean takesDirectories(Path existing) {
    try {
      Files.delete(Files.createTempDirectory(existing, ".facedrop-"));
      return true;
    } catch (IOException refused) {
      return false;
    }
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

  static URI absolute(String text) {
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

  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
  }
}
