package io.facedrop.words;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says what went wrong to people who do not know the names of exceptions. Java leaves half of what
 * it has to say to these names: a {@link NoSuchFileException} has the file for a message.
 */
public final class Cause {
  /** A name that stands in a message, with its package where that is told. */
  private static final Pattern NAME =
      Pattern.compile(
          "\\b(?:[\\w$]+\\.)*(?:[A-Z][\\w$]*|(?<=\\.))(?:Exception|Error|Throwable)\\b:?\\s*");

  /** What Camel says behind a message, for who looks into Camel. */
  private static final Pattern CAMELS =
      Pattern.compile(
          "( of type: [\\w.$]+)?( on the exchange: Exchange\\[[^\\]]*])"
              + "|( of type: io\\.facedrop\\.[\\w.$]+)"
              + "|([. ]*Exchange\\[[^\\]]*])"
              + "|([. ]*Caused by: \\[.*])",
          Pattern.DOTALL);

  private static final Pattern ENDING = Pattern.compile("(?<=.)(Exception|Error)$");
  private static final Pattern NEW_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Cause() {}

  /** What this failure says, or the first behind it that says anything. */
  public static String of(Throwable failure) {
    String said = said(failure);
    if (!said.isBlank()) {
      return said;
    }
    Throwable behind = failure.getCause();
    return behind == null || behind == failure ? kind(failure) : of(behind);
  }

  /** What the failure behind all others says. */
  public static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return of(root);
  }

  /** What this failure says and, where that says more, what is behind all. */
  public static String whole(Throwable failure) {
    String words = of(failure);
    String root = root(failure);
    if (words.contains(root)) {
      return words;
    }
    // A file's name stands at the end of one and at the beginning of the other.
    int name = root.indexOf(": ");
    return name > 0 && words.endsWith(root.substring(0, name))
        ? words + root.substring(name)
        : words + ": " + root;
  }

  private static String said(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      return file(file);
    }
    String message = failure.getMessage() == null ? "" : nameless(failure.getMessage());
    if (failure instanceof UnknownHostException) {
      return ("no address is known for the host " + message).strip();
    }
    if (failure instanceof EOFException && message.isBlank()) {
      return "it ended too early";
    }
    if (failure instanceof ClosedChannelException) {
      return "it was closed meanwhile";
    }
    if (failure instanceof OutOfMemoryError) {
      return "no memory is left" + (message.isEmpty() ? "" : " (" + message + ")");
    }
    return message;
  }

  private static String nameless(String message) {
    String bare = NAME.matcher(CAMELS.matcher(message).replaceAll("")).replaceAll("").strip();
    return bare.equals(message.strip()) ? bare : bare.replaceFirst("[:;,]$", "");
  }

  private static String file(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof NoSuchFileException) {
      return file + " is not there";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied for " + file;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + " is there already";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory " + file + " is not empty";
    }
    if (failure instanceof NotDirectoryException) {
      return file + " is no directory";
    }
    if (failure instanceof FileSystemLoopException) {
      return "the links of " + file + " lead round in a circle";
    }
    return failure.getReason() == null
        ? file + " cannot be used"
        : file + ": " + failure.getReason();
  }

  /** What kind of failure it is, without anything that it says itself. */
  public static String kind(Throwable failure) {
    String name = ENDING.matcher(failure.getClass().getSimpleName()).replaceFirst("");
    String words = NEW_WORD.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    return words.isBlank() || words.equals("exception") || words.equals("error")
        ? "it failed without a reason"
        : words;
  }
}
